import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import {
  action,
  agentComes,
  bubble,
  choice,
  composer,
  customerComes,
  HUMAN,
  head,
  row,
  says,
  seesInOrder,
} from "./people";

/** Both see the tickets of Ventas: one is its agent, the other administers. */
const BRUNO = "agente@demo.test";
const ANA = "admin@demo.test";

describe("two people at one ticket", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  /** A customer waits for a person, and both agents look at the ticket. */
  async function everybodyComes(text: string) {
    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, text);
    await choice(customer, HUMAN).click();
    await bubble(customer, /te paso con una persona/).waitFor();
    const [bruno, ana] = await Promise.all(
      [BRUNO, ANA].map(async (email) => {
        const { page } = await agentComes(stage, product.url, email, { next: "/inbox?view=queue" });
        // The queue is served from its oldest on: who came last stands last.
        await row(page, "Visitante").last().click();
        await bubble(page, text).waitFor();
        return page;
      }),
    );
    return { customer, bruno: bruno!, ana: ana! };
  }

  it("lets one of them take it, and shows both who did", async () => {
    const { bruno, ana } = await everybodyComes("¿quién me atiende?");
    const buttons = await Promise.all([bruno, ana].map((page) => action(page, "Tomar").elementHandle()));
    await Promise.all(buttons.map((button) => button!.evaluate((element) => (element as HTMLElement).click())));
    const winner = async (name: string) =>
      (await Promise.all([bruno, ana].map((page) => head(page).getByText(name, { exact: true }).count()))).every(
        (n) => n === 1,
      );
    await expect
      .poll(async () => (await winner("Bruno Acosta")) !== (await winner("Ana Benítez")), { timeout: 20_000 })
      .toBe(true);
    for (const page of [bruno, ana]) await expect.poll(() => action(page, "Tomar").count()).toBe(0);
    const wonByBruno = await winner("Bruno Acosta");
    const [first, second] = wonByBruno ? [bruno, ana] : [ana, bruno];
    await first.getByText(/Tomaste el ticket #\d+/).waitFor();
    await second
      .getByText(new RegExp(`${wonByBruno ? "Bruno Acosta" : "Ana Benítez"}(?! también)`))
      .first()
      .waitFor();
  });

  it("shows each that the other has the ticket open, and no longer when that one leaves", async () => {
    const { customer, bruno, ana } = await everybodyComes("¿hay alguien mirando?");
    await head(bruno).getByText("Ana Benítez también está viendo esto").waitFor();
    await head(ana).getByText("Bruno Acosta también está viendo esto").waitFor();
    await ana.getByRole("link", { name: "Bandeja" }).first().click();
    await expect.poll(() => head(bruno).getByText("también está viendo esto").count()).toBe(0);
    expect(await customer.content()).not.toContain("viendo esto");
  });

  it("asks before a reply goes over a colleague's that was not seen", async () => {
    const { customer, bruno, ana } = await everybodyComes("¿cuánto sale?");
    await action(bruno, "Tomar").click();
    await head(ana).getByText("Bruno Acosta", { exact: true }).waitFor();
    // Ana's tab is behind another window: what comes is not seen.
    await ana.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    });
    await says(bruno, "Sale mil pesos");
    await bubble(ana, "Sale mil pesos").waitFor();
    await composer(ana).fill("Sale dos mil");
    await composer(ana).press("Enter");
    const question = ana.getByRole("alertdialog", { name: "Mientras escribías, alguien respondió" });
    await question.getByText("Sale mil pesos").waitFor();
    expect(await bubble(customer, "Sale dos mil").count()).toBe(0);

    await question.getByRole("button", { name: "Seguir escribiendo" }).click();
    await expect.poll(() => composer(ana).inputValue()).toBe("Sale dos mil");
    await composer(ana).press("Enter");
    await question.getByRole("button", { name: "Enviar igual" }).click();
    await seesInOrder(customer, ["Sale mil pesos", "Sale dos mil"]);
  });

  it("offers to undo a closing for as long as there is something to undo", async () => {
    const { customer, bruno } = await everybodyComes("¿me cambian la amoladora?");
    await action(bruno, "Tomar").click();
    await says(bruno, "Traela mañana");
    const undo = action(bruno, "Deshacer");
    const closes = async () => {
      await action(bruno, "Cerrar").click();
      await bruno.getByRole("dialog").getByRole("button", { name: "Cerrar ticket" }).click();
      await undo.waitFor();
    };
    await closes();
    await undo.click();
    await head(bruno).getByText("Abierto", { exact: true }).waitFor();
    await closes();
    await head(bruno).getByText("Cerrado", { exact: true }).waitFor();
    await says(customer, "Una cosa más");
    await head(bruno).getByText("Abierto", { exact: true }).waitFor();
    // Long before it would have gone by itself.
    await expect.poll(() => undo.count(), { timeout: 2000 }).toBe(0);
  });

  it("keeps a note inside the team", async () => {
    const { customer, bruno, ana } = await everybodyComes("necesito una factura");
    await action(bruno, "Tomar").click();
    await bruno.getByRole("switch", { name: "Nota interna" }).click();
    await says(bruno, "Ojo: debe tres meses");
    await bubble(ana, "Ojo: debe tres meses").waitFor();
    await bruno.getByRole("switch", { name: "Nota interna" }).click();
    await says(bruno, "Ya te la mando");
    await bubble(customer, "Ya te la mando").waitFor();
    expect(await customer.content()).not.toContain("debe tres meses");
  });
});
