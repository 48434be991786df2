import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import { action, agentComes, bubble, choice, comesAlive, customerComes, HUMAN, row, says } from "./people";

/** Counts the tones that each page begins, which nobody hears here. */
const countTones = (context: BrowserContext) =>
  context.addInitScript(() => {
    const counted = window as unknown as { tones: number };
    counted.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      counted.tones++;
      start.apply(this, when);
    };
  });
const tonesOf = async (pages: Page[]) => {
  const each = await Promise.all(
    pages.map((page) => page.evaluate(() => (window as unknown as { tones: number }).tones)),
  );
  return each.filter((tones) => tones > 0).length;
};
const iconOf = (page: Page) => page.locator('link[rel=icon][type="image/svg+xml"]').getAttribute("href");

describe("what there is to read", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("is told by every tab's title and picture, and by the sound of one (pitfalls 10 and 11)", async () => {
    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, "hola");
    await choice(customer, HUMAN).click();
    const { page: inbox, context } = await agentComes(stage, product.url, "agente@demo.test", {
      next: "/inbox?view=queue",
    });
    await row(inbox, /Visitante/).click();
    await action(inbox, "Tomar").click();
    await action(inbox, "Cerrar").waitFor();
    const ticket = inbox.url();

    await countTones(context);
    const pages = [inbox, await context.newPage(), await context.newPage()];
    for (const page of pages) {
      await page.goto(`${product.url}/chats`);
      await comesAlive(page);
    }
    // The demo leaves one to read; once each tab says so it has counted, and the first speaks for all.
    const all = (title: string) =>
      expect.poll(() => Promise.all(pages.map((page) => page.title()))).toEqual(pages.map(() => title));
    await all("(1) Chats · GuazuApp");

    await says(customer, "¿siguen ahí?");
    await all("(2) Chats · GuazuApp");
    for (const page of pages) expect(await iconOf(page)).toBe("/favicon-unread.svg");
    expect(await tonesOf(pages)).toBe(1);

    // Read in one tab, it is read in all.
    await inbox.goto(ticket);
    await bubble(inbox, "¿siguen ahí?").waitFor();
    for (const page of pages.slice(1)) await expect.poll(() => page.title()).toBe("(1) Chats · GuazuApp");
  });
});
