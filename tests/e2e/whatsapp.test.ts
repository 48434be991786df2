import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type GraphStandin, STANDIN_NUMBER, startGraphStandin } from "../support/graph-standin/start-graph-standin";
import { metaBodies } from "../support/meta-bodies";
import { APP_SECRET, type Api, type Product, startProduct, VERIFY_TOKEN } from "../support/product";
import { action, agentComes, bubble, head, row, says, seesInOrder } from "./people";

const PHONE = "5493764123456";

describe("WhatsApp", () => {
  const stage = withBrowser();
  let standin: GraphStandin;
  let product: Product;
  let api: Api;
  beforeAll(async () => {
    standin = await startGraphStandin({ appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN });
    product = await startProduct({ env: { META_GRAPH_URL: standin.url } });
    const { phoneNumberId, wabaId, token } = STANDIN_NUMBER;
    const settings = JSON.stringify({ phone_number_id: phoneNumberId, waba_id: wabaId, access_token: token });
    await product.cli("channel:create", "--org", "demo", "--kind", "whatsapp", "--settings", settings);
    api = await product.api();
    await standin.connect(`${product.url}/webhooks/meta`);
  });
  afterAll(async () => {
    await product?.dispose();
    await standin?.close();
  });
  const receives = (count: number) =>
    expect.poll(() => standin.textsTo(PHONE).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);

  it("brings a customer's messages in, and the answers out once, in order and with their marks", async () => {
    const agent = (await agentComes(stage, product.url, "agente@demo.test", { next: "/inbox?view=bot" })).page;
    const first = await standin.customerWrites({ from: PHONE, name: "Rosa Benítez", text: "hola" }, { copies: 3 });
    expect(first.statuses).toEqual([200, 200, 200]);
    await receives(2);
    await row(agent, "Rosa Benítez").click();
    await standin.customerWrites({ from: PHONE, name: "Rosa Benítez", text: "hablar con una persona" });
    await head(agent).getByText("Abierto", { exact: true }).waitFor();
    await receives(3);
    const fromBot = standin.textsTo(PHONE).length;

    await action(agent, "Tomar").click();
    const answers = ["Hola Rosa", "Soy Bruno", "¿Qué buscás?", "Tenemos de todo", "Contame"];
    for (const answer of answers) await says(agent, answer);
    await receives(fromBot + answers.length);
    await standin.idle();
    expect(standin.textsTo(PHONE).slice(fromBot)).toEqual(answers);
    for (const answer of answers)
      await bubble(agent, answer).getByText("Leído", { exact: true }).waitFor({ state: "attached" });

    await standin.customerWrites({ from: PHONE, name: "Rosa Benítez", text: "un taladro" });
    await seesInOrder(agent, ["hola", "hablar con una persona", ...answers, "un taladro"]);
  });

  it("shows why a message did not go, and refuses a body that was not signed", async () => {
    const agent = (await agentComes(stage, product.url, "agente@demo.test", { next: "/inbox?view=open" })).page;
    const before = standin.box.sent.length;
    await row(agent, "Rosa Benítez").click();
    standin.fail({
      kind: "error",
      error: { status: 400, code: 131026, message: "Message undeliverable" },
    });
    await says(agent, "esto no llega");
    await bubble(agent, "esto no llega")
      .getByText(/No se envió|no lo aceptó/)
      .first()
      .waitFor();
    expect(standin.box.sent.length).toBe(before);
    const forged = await standin.customerWrites(
      { from: PHONE, text: "falso" },
      { signature: "wrong_secret", retry: false },
    );
    expect(forged.status).toBe(401);
    expect(await bubble(agent, "falso").count()).toBe(0);
  });

  it.skipIf(metaBodies() === null)("takes every body that Meta sends [real bodies]", async () => {
    const bodies = (metaBodies() ?? []).filter((one) => one.channel === "whatsapp");
    for (const { raw, file } of bodies) {
      const status = await standin.deliver(raw, { retry: false });
      expect({ file, status }).toEqual({ file, status: 200 });
    }
    const dead = await product.cli<{ data: unknown[] }>("jobs:dead");
    expect(dead.data).toEqual([]);
    expect((await api("GET", "/tickets?limit=1")).status).toBe(200);
  });
});
