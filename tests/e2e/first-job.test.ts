import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import {
  action,
  agentComes,
  bubble,
  choice,
  customerComes,
  HUMAN,
  head,
  row,
  sameDocument,
  says,
  seesInOrder,
} from "./people";

describe("a customer's message becomes a ticket that a person answers", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("goes from the bot to a person and back to the customer, with nobody reloading anything", async () => {
    const agent = (await agentComes(stage, product.url, "agente@demo.test", { next: "/inbox?view=bot" })).page;
    const agentsDocument = await sameDocument(agent);

    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, "hola");
    await bubble(customer, "¿En qué te podemos ayudar?").waitFor();
    const customersDocument = await sameDocument(customer);

    const ticket = row(agent, "¿En qué te podemos ayudar?").filter({ hasNotText: "Nilda" });
    // The demo's own ticket is with the bot too.
    const views = agent.getByRole("navigation", { name: "Vistas" });
    await views.getByRole("link", { name: "Bot 2" }).waitFor();
    await ticket.click();
    const opened = head(agent);
    await opened.getByText("Bot", { exact: true }).waitFor();
    await bubble(agent, "hola").waitFor();

    await choice(customer, HUMAN).click();
    await opened.getByText("Abierto", { exact: true }).waitFor();
    await bubble(customer, /te paso con una persona/).waitFor();

    await views.getByRole("link", { name: "Bot 1" }).waitFor();
    await action(agent, "Tomar").click();
    await opened.getByText("Bruno Acosta").waitFor();
    await says(agent, "Buenas, soy Bruno. ¿Qué necesitás?");
    await bubble(customer, "Buenas, soy Bruno. ¿Qué necesitás?").waitFor();
    await says(customer, "Un martillo");
    await seesInOrder(agent, ["hola", HUMAN, "Buenas, soy Bruno. ¿Qué necesitás?", "Un martillo"]);

    await action(agent, "Cerrar").click();
    await agent
      .getByRole("dialog")
      .getByRole("checkbox", { name: /Pedir una calificación/ })
      .check();
    await agent.getByRole("dialog").getByRole("button", { name: "Cerrar ticket" }).click();
    await opened.getByText("Cerrado", { exact: true }).waitFor();
    await choice(customer, "4 ★").click();
    await agent.getByText(/calificó la atención con 4 de 5/).waitFor();
    await agent.getByRole("img", { name: "4 estrellas de 5" }).waitFor();

    expect(await agentsDocument()).toBe(true);
    expect(await customersDocument()).toBe(true);
  });
});
