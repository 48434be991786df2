import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import { action, agentComes, bubble, choice, customerComes, HUMAN, row, says, seesInOrder } from "./people";

/** Lets the server answer the page's next load, and holds the answer back until `release`. */
async function holdNextLoad(page: Page, address: RegExp) {
  let release = () => {};
  let answered = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  const held = new Promise<void>((done) => {
    answered = done;
  });
  await page.route(
    address,
    async (route) => {
      const response = await route.fetch();
      answered();
      await released;
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  return { held, release };
}

describe("news that overtake a page's load", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  async function customerAsksForAPerson(text: string) {
    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, text);
    await choice(customer, HUMAN).click();
    await bubble(customer, /te paso con una persona/).waitFor();
    return customer;
  }

  it("stay in the list when the load, which knows nothing of them, comes last", async () => {
    const agent = (await agentComes(stage, product.url, "agente@demo.test", { next: "/inbox?view=open" })).page;
    await row(agent, "Lucía Romero").waitFor();
    const load = await holdNextLoad(agent, /\/inbox\.data/);
    // What the list does by itself when the hub tells it that it missed something.
    await agent.evaluate(() => {
      void (window as unknown as { __remixRouter: { revalidate(): void } }).__remixRouter.revalidate();
    });
    await load.held;
    await customerAsksForAPerson("llegué en el medio");
    await row(agent, "Visitante").waitFor();
    await agent.getByRole("link", { name: "Abiertos 2" }).waitFor();
    load.release();
    await agent.waitForFunction(() => {
      const { state } = (window as unknown as { __remixRouter: { state: { revalidation: string } } }).__remixRouter;
      return state.revalidation === "idle";
    });
    // Its old count is there for a moment, until it is counted again.
    await agent.getByRole("link", { name: "Abiertos 2" }).waitFor();
    expect(await row(agent, "Visitante").count()).toBe(1);
  });

  it("stay in the conversation when the load, which knows nothing of them, comes last", async () => {
    const customer = await customerAsksForAPerson("una consulta");
    const agent = (await agentComes(stage, product.url, "agente@demo.test", { next: "/inbox?view=queue" })).page;
    await row(agent, "Visitante").last().click();
    await action(agent, "Tomar").click();
    await says(agent, "Decime");
    const load = await holdNextLoad(agent, /\/inbox\/[0-9a-f-]+\.data/);
    // Who opens this asks anew how busy everybody is.
    await action(agent, "Transferir").click();
    await load.held;
    await says(customer, "esto vino después");
    await bubble(agent, "esto vino después").waitFor({ state: "attached" });
    load.release();
    await agent.getByRole("dialog").getByRole("button", { name: "Cancelar" }).click();
    await says(agent, "Lo vi");
    await seesInOrder(agent, ["una consulta", HUMAN, "Decime", "esto vino después", "Lo vi"]);
    await seesInOrder(customer, ["una consulta", HUMAN, "Decime", "esto vino después", "Lo vi"]);
  });
});
