import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import { action, agentComes, bubble, choice, composer, customerComes, HUMAN, row, says, seesInOrder } from "./people";

describe("the public chat without JavaScript", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  const sends = async (page: Page, text: string) => {
    await composer(page).fill(text);
    await Promise.all([page.waitForURL(/\/c\/demo/), page.getByRole("button", { name: "Enviar" }).click()]);
    await bubble(page, text).waitFor();
  };

  it("serves the whole conversation by forms and by loading the page again", async () => {
    const customer = (await customerComes(stage, product.url, { javaScriptEnabled: false })).page;
    await sends(customer, "hola sin scripts");
    await expect
      .poll(async () => {
        await customer.reload();
        return choice(customer, HUMAN).count();
      })
      .toBe(1);
    await Promise.all([customer.waitForNavigation(), choice(customer, HUMAN).click()]);
    await bubble(customer, HUMAN).waitFor();

    const looks = async () => {
      const link = customer.getByRole("link", { name: "Ver si hay mensajes nuevos" }).click();
      await Promise.all([customer.waitForNavigation(), link]);
    };
    await looks();

    const agent = (await agentComes(stage, product.url, "agente@demo.test", { next: "/inbox?view=queue" })).page;
    await row(agent, /Visitante/).click();
    await action(agent, "Tomar").click();
    await says(agent, "Te leo igual");

    // The agent's own page shows it before it is stored: the customer may have to look often.
    await expect
      .poll(async () => {
        await looks();
        return bubble(customer, "Te leo igual").count();
      })
      .toBe(1);
    await sends(customer, "gracias");
    await seesInOrder(agent, ["hola sin scripts", HUMAN, "Te leo igual", "gracias"]);
  });

  it("tells an agent that their screen needs scripts, and shows what there is", async () => {
    const { page } = await stage.visitor({ javaScriptEnabled: false });
    await page.goto(`${product.url}/login?next=/inbox?view=open`);
    await page.getByLabel("Correo").fill("agente@demo.test");
    await page.getByLabel("Contraseña", { exact: true }).fill("guazu-demo-2026");
    await page.getByRole("button", { name: "Ingresar" }).click();
    // Playwright finds no text within this element, whether it is shown or not.
    const notice = page.locator("noscript [role=status]");
    await notice.waitFor();
    expect(await notice.textContent()).toContain("Esta pantalla necesita JavaScript");
    await row(page, "Lucía Romero").waitFor();
  });

  it("keeps what was sent once when the same form is sent twice", async () => {
    const customer = (await customerComes(stage, product.url, { javaScriptEnabled: false })).page;
    const page = await customer.content();
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? "";
    const form = { text: "dos veces", client_id: field("client_id"), visitor: field("visitor"), area: "", ref: "" };
    for (let turn = 0; turn < 2; turn++) {
      const answer = await customer.request.post(`${product.url}/c/demo`, {
        form,
        headers: { origin: product.url },
        maxRedirects: 0,
      });
      expect(answer.status()).toBe(302);
    }
    await customer.reload();
    expect(await bubble(customer, "dos veces").count()).toBe(1);
  });
});
