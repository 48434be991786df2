import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type GraphStandin, STANDIN_NUMBER, startGraphStandin } from "../support/graph-standin/start-graph-standin";
import { APP_SECRET, type Product, startProduct, VERIFY_TOKEN } from "../support/product";
import { action, agentComes, bubble, customerComes, row, says, seesInOrder, textsOf } from "./people";

const ATTACKS = [
  "<script>window.hacked=1</script>",
  "<img src=x onerror=window.hacked=1>",
  '"><svg onload=window.hacked=1>',
  "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
  "</textarea></title><script>window.hacked=1</script>",
  "javascript:window.hacked=1//https://x.test/",
  "{{constructor.constructor('window.hacked=1')()}} {{contact.name}}",
  "</script><!--<script>window.hacked=1</script>",
];

/** Nothing of it ran, and nothing of it became an element. */
async function isInert(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: "hacked" in window,
    frames: document.querySelectorAll("iframe").length,
    handlers: document.querySelectorAll("[onerror],[onload]").length,
    links: [...document.querySelectorAll("a")].filter((link) => /^(javascript|data):/i.test(link.href)).length,
  }));
  expect(found).toEqual({ ran: false, frames: 0, handlers: 0, links: 0 });
}

describe("text that would be markup (TE1)", () => {
  const stage = withBrowser();
  let product: Product;
  let standin: GraphStandin;
  beforeAll(async () => {
    standin = await startGraphStandin({ appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN });
    product = await startProduct({ env: { META_GRAPH_URL: standin.url } });
    const { phoneNumberId, wabaId, token } = STANDIN_NUMBER;
    const settings = JSON.stringify({ phone_number_id: phoneNumberId, waba_id: wabaId, access_token: token });
    await product.cli("channel:create", "--org", "demo", "--kind", "whatsapp", "--settings", settings);
    await standin.connect(`${product.url}/webhooks/meta`);
  });
  afterAll(async () => {
    await product?.dispose();
    await standin?.close();
  });

  it("stays text for the customer who wrote it and for the agent who reads it", async () => {
    const customer = (await customerComes(stage, product.url)).page;
    for (const attack of ATTACKS) await says(customer, attack);
    await isInert(customer);
    await customer.reload();
    await seesInOrder(customer, ATTACKS);
    await isInert(customer);

    const agent = (await agentComes(stage, product.url, "admin@demo.test", { next: "/inbox?view=all" })).page;
    await row(agent, "Visitante").first().click();
    await bubble(agent, ATTACKS.at(-1)!).waitFor();
    expect((await textsOf(agent)).filter((text) => ATTACKS.includes(text)).length).toBeGreaterThan(0);
    await isInert(agent);
    await agent.reload();
    await bubble(agent, ATTACKS.at(-1)!).waitFor();
    await isInert(agent);
  });

  it("stays text in a name that comes from outside", async () => {
    const name = '<img src=x onerror="window.hacked=1">';
    await standin.customerWrites({ from: "5493764999888", name, text: ATTACKS[0] });
    const agent = (await agentComes(stage, product.url, "admin@demo.test", { next: "/inbox?view=all" })).page;
    await row(agent, name).click();
    await bubble(agent, ATTACKS[0]!).waitFor();
    await isInert(agent);
    await agent.reload();
    await row(agent, name).waitFor();
    expect(await agent.title()).toContain(name);
    await isInert(agent);
  });

  it("stays text in what an agent writes, and in the address of the public chat", async () => {
    const text = ATTACKS[4]!;
    const customer = (await stage.visitor()).page;
    await customer.goto(`${product.url}/c/demo?text=${encodeURIComponent(text)}&ref=${encodeURIComponent(text)}`);
    await isInert(customer);
    await says(customer, "me interesa");
    const agent = (await agentComes(stage, product.url, "admin@demo.test", { next: "/inbox?view=bot" })).page;
    await row(agent, "Visitante").first().click();
    await action(agent, "Tomar").click();
    await says(agent, text);
    await bubble(customer, text).waitFor();
    await isInert(customer);
  });
});
