import type { Page } from "playwright-core";
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
  sameDocument,
  says,
  seesInOrder,
} from "./people";

/** What the browser itself says of a server that is away. */
const AWAY = [
  /Failed to fetch manifest patches/,
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET/,
  /WebSocket connection to/,
  /status of 503 .*\/readyz/,
];

describe("the server goes away while people write", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  async function twoAreTalking() {
    const customer = (await customerComes(stage, product.url, { expected: AWAY })).page;
    await says(customer, "hola, ¿están?");
    await choice(customer, HUMAN).click();
    await bubble(customer, /te paso con una persona/).waitFor();
    const { page: agent } = await agentComes(stage, product.url, "agente@demo.test", {
      next: "/inbox?view=queue",
      expected: AWAY,
    });
    await row(agent, "Visitante").last().click();
    await action(agent, "Tomar").click();
    await head(agent).getByText("Bruno Acosta").waitFor();
    await says(agent, "Acá estamos");
    await bubble(customer, "Acá estamos").waitFor();
    return { customer, agent };
  }

  const reconnecting = (page: Page) => page.getByText("Reconectando…").first().waitFor();

  async function writesWhileAway(page: Page, text: string) {
    await composer(page).fill(text);
    await composer(page).press("Enter");
    await bubble(page, text).waitFor();
  }

  async function story(end: () => Promise<unknown>) {
    if (product.pid() === undefined) await product.startAgain();
    const { customer, agent } = await twoAreTalking();
    const unchanged = await Promise.all([sameDocument(customer), sameDocument(agent)]);
    await end();
    await Promise.all([reconnecting(customer), reconnecting(agent)]);
    await writesWhileAway(customer, "mientras tanto uno");
    await writesWhileAway(customer, "mientras tanto dos");
    await product.startAgain();
    const all = ["hola, ¿están?", HUMAN, "Acá estamos", "mientras tanto uno", "mientras tanto dos"];
    await seesInOrder(agent, all);
    await says(agent, "Volvimos");
    await seesInOrder(customer, [...all, "Volvimos"]);
    for (const same of unchanged) expect(await same()).toBe(true);
    await customer.reload();
    await seesInOrder(customer, [...all, "Volvimos"]);
  }

  it("keeps the very first words of a customer without a network, and says so, until they can go", async () => {
    const { page, context } = await customerComes(stage, product.url, { expected: [/ERR_INTERNET_DISCONNECTED/] });
    // As in a shop's own network, where pages come without https and browsers make no UUIDs.
    await page.evaluate(() => Object.defineProperty(crypto, "randomUUID", { value: undefined }));
    await context.setOffline(true);
    await page.getByText("No hay conexión. Lo que escribas se envía cuando vuelva.").waitFor();
    await composer(page).fill("¿me leen?");
    await composer(page).press("Enter");
    await page.getByText("No pudimos llegar al servidor.").waitFor();
    expect(await composer(page).inputValue()).toBe("¿me leen?");
    await context.setOffline(false);
    await composer(page).press("Enter");
    await bubble(page, "¿me leen?").waitFor();
    await says(page, "¡Por fin!");
    await page.reload();
    await seesInOrder(page, ["¿me leen?", "¡Por fin!"]);
  });

  it("keeps the agent's conversation when a button cannot reach the server, and mends the page when it can", async () => {
    if (product.pid() === undefined) await product.startAgain();
    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, "se corta la luz");
    await choice(customer, HUMAN).click();
    await bubble(customer, /te paso con una persona/).waitFor();
    const { page, context } = await agentComes(stage, product.url, "agente@demo.test", {
      next: "/inbox?view=queue",
      expected: [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch manifest patches/],
    });
    await row(page, "Visitante").last().click();
    await bubble(page, "se corta la luz").waitFor();
    await context.setOffline(true);
    await action(page, "Tomar").click();
    await page.getByText("No pudimos llegar al servidor.").waitFor();
    expect(await bubble(page, "se corta la luz").count()).toBe(1);
    // Another view, or another ticket, is not to be had: what is there stays, and says why.
    const there = page.url();
    for (const link of [page.getByRole("link", { name: /^Cerrados/ }), row(page, "Visitante").nth(1)]) {
      if ((await link.count()) === 0) continue;
      await link.click();
      await page.getByText("No hay conexión. Lo que escribas se envía cuando vuelva.").first().waitFor();
      await page.waitForTimeout(500);
      expect(await bubble(page, "se corta la luz").count()).toBe(1);
      expect(page.url()).toBe(there);
    }
    await context.setOffline(false);
    await page.getByRole("link", { name: /^Cerrados/ }).click();
    await row(page, "Patricia Vera").waitFor();
  });

  it("stops in order: both come back by themselves, and what was written meanwhile arrives once", () =>
    story(async () => expect(await product.stop()).toBe(0)));

  it("is killed: both come back by themselves, and what was written meanwhile arrives once", () =>
    story(() => product.kill9()));
});
