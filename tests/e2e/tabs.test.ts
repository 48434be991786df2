import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import { action, agentComes, bubble, choice, composer, customerComes, HUMAN, head, row, says } from "./people";

const ANA = "admin@demo.test";

const strip = (page: Page) => page.getByRole("navigation", { name: "Pestañas" });
const tab = (page: Page, name: string) => strip(page).getByRole("link").filter({ hasText: name });
const closer = (page: Page, name: string) => strip(page).getByRole("button", { name: `Cerrar la pestaña ${name}` });

/** The first names in the strip in order, the one that is shown in capitals, the preview in brackets. */
const tabsOf = (page: Page): Promise<string> =>
  strip(page)
    .getByRole("link")
    .evaluateAll((links) =>
      links
        .map((link) => {
          const name = link.querySelector("bdi")?.textContent?.split(" ")[0] ?? "";
          const shown = link.getAttribute("aria-current") ? name.toUpperCase() : name;
          return link.textContent?.includes("Vista previa") ? `(${shown})` : shown;
        })
        .join(" "),
    );
const sees = (page: Page, tabs: string) => expect.poll(() => tabsOf(page)).toBe(tabs);

async function picksFromMenu(page: Page, name: string): Promise<void> {
  await action(page, "Lista de pestañas").click();
  await page.getByRole("menuitem", { name }).click();
}

describe("what is open stands in tabs", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  const comes = async (options = {}) =>
    (await agentComes(stage, product.url, ANA, { next: "/inbox?view=all", ...options })).page;

  it("a click opens the preview, which the next replaces; a double click and writing keep it", async () => {
    const page = await comes();
    await row(page, "Lucía Romero").click();
    await sees(page, "(LUCÍA)");
    await row(page, "Mario Giménez").click();
    await sees(page, "(MARIO)");
    await tab(page, "Mario").dblclick();
    await sees(page, "MARIO");
    await row(page, "Lucía Romero").dblclick();
    await sees(page, "Mario LUCÍA");
    await row(page, "Nilda Ayala").click();
    await sees(page, "Mario Lucía (NILDA)");
    await head(page).getByText("Nilda Ayala").waitFor();
    await composer(page).fill("ya te averiguo");
    await sees(page, "Mario Lucía NILDA");

    // The keys go to them, and what was being written is there again.
    await page.keyboard.press("Alt+1");
    await sees(page, "MARIO Lucía Nilda");
    await page.keyboard.press("Alt+9");
    await sees(page, "Mario Lucía NILDA");
    await expect.poll(() => composer(page).inputValue()).toBe("ya te averiguo");

    // Moved by the pointer and by the keys.
    const [from, to] = [await tab(page, "Nilda").boundingBox(), await tab(page, "Mario").boundingBox()];
    await page.mouse.move(from!.x + 60, from!.y + 15);
    await page.mouse.down();
    await page.mouse.move(to!.x + 20, to!.y + 15, { steps: 5 });
    await page.mouse.up();
    await sees(page, "NILDA Mario Lucía");
    await tab(page, "Nilda").focus();
    await page.keyboard.press("Alt+Shift+ArrowRight");
    await sees(page, "Mario NILDA Lucía");

    // The server knows of the one that is shown; another window has them all, and a reload brings them back.
    const served = await (await page.request.get(page.url())).text();
    expect(served.match(/data-tab="/g)).toHaveLength(1);
    await page.reload();
    await sees(page, "Mario NILDA Lucía");
    const other = await page.context().newPage();
    await other.goto(`${product.url}/chats`);
    await sees(other, "Mario Nilda Lucía");

    // Closed by the key, the button and the middle of the mouse, in both windows; and brought back.
    await tab(page, "Nilda").focus();
    await page.keyboard.press("Delete");
    await sees(page, "Mario LUCÍA");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("Lucía");
    await closer(page, "Lucía Romero").click();
    await sees(page, "MARIO");
    await sees(other, "Mario");
    await tab(page, "Mario").click({ button: "middle" });
    await page.waitForURL(/\/inbox\?view=all$/);
    await sees(page, "");
    for (const tabs of ["MARIO", "Mario LUCÍA"]) {
      await picksFromMenu(page, "Reabrir la última cerrada");
      await sees(page, tabs);
    }
    await picksFromMenu(page, "Cerrar las demás");
    await sees(page, "LUCÍA");

    // Who signs out leaves no names.
    await page.getByRole("button", { name: /^Tu cuenta/ }).click();
    await page.getByRole("menuitem", { name: "Salir" }).click();
    await page.waitForURL(/signed-out/);
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).not.toContain("Lucía");
  });

  it("what is said in another tab shows there, until it is read; the place in a thread is found again", async () => {
    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, "¿tienen mechas?");
    await choice(customer, HUMAN).click();
    await bubble(customer, /te paso con una persona/).waitFor();
    const page = await comes({ viewport: { width: 1280, height: 420 } });
    await row(page, "Visitante").first().dblclick();
    await sees(page, "VISITANTE");
    const thread = page.getByRole("region", { name: "Mensajes" });
    const top = () => thread.evaluate((box) => Math.round(box.scrollTop));
    await expect.poll(top).toBeGreaterThan(100);
    await thread.evaluate((box) => box.scrollTo(0, 60));
    await page.getByRole("button", { name: "Ir al último mensaje" }).waitFor();
    const left = await top();
    await row(page, "Patricia Vera").press("Enter");
    await sees(page, "Visitante (PATRICIA)");
    await says(customer, "de 6 milímetros");
    await tab(page, "Visitante").getByText("Sin leer").waitFor({ state: "attached" });
    await tab(page, "Visitante").click();
    await sees(page, "VISITANTE (Patricia)");
    await expect.poll(async () => Math.abs((await top()) - left)).toBeLessThan(3);
    await page.getByRole("button", { name: "Ir al último mensaje" }).click();
    await bubble(page, "de 6 milímetros").waitFor();
    await row(page, "Patricia Vera").press("Enter");
    await sees(page, "Visitante (PATRICIA)");
    await expect.poll(() => tab(page, "Visitante").getByText("Sin leer").count()).toBe(0);
    // Who writes while reading further up sees it arrive.
    await tab(page, "Visitante").click();
    await action(page, "Tomar").click();
    await expect.poll(() => action(page, "Tomar").count()).toBe(0);
    const toLatest = page.getByRole("button", { name: "Ir al último mensaje" });
    // As a wheel does, not once: the line of the taking may come in that moment, at the end.
    await expect
      .poll(async () => {
        await thread.evaluate((box) => box.scrollTo(0, 60));
        return toLatest.isVisible();
      })
      .toBe(true);
    await says(page, "De 6 y de 8");
    await expect.poll(() => toLatest.count()).toBe(0);
  });

  it("on a phone a button with their number leads to them", async () => {
    const page = await comes({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await row(page, "Lucía Romero").tap();
    await action(page, "1 pestaña abierta").tap();
    await action(page, "Conservar la pestaña Lucía Romero").tap();
    await action(page, "Cerrar").last().tap();
    await page.getByRole("link", { name: "Volver" }).tap();
    await row(page, "Mario Giménez").tap();
    await action(page, "2 pestañas abiertas").tap();
    const sheet = page.getByRole("dialog", { name: "Pestañas" });
    for (const box of await Promise.all((await sheet.getByRole("button").all()).map((one) => one.boundingBox()))) {
      expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(44);
    }
    await sheet.getByRole("link", { name: /Lucía Romero/ }).tap();
    await head(page).getByText("Lucía Romero").waitFor();
    await action(page, "2 pestañas abiertas").tap();
    await action(page, "Cerrar la pestaña Lucía Romero").tap();
    await head(page).getByText("Mario Giménez").waitFor();
    await action(page, "1 pestaña abierta").waitFor();
    expect(await strip(page).isVisible()).toBe(false);
  });
});
