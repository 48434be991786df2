import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import type { Context } from "~/platform/transact.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { makeWorld, type World, withProduct } from "../../../tests/support/world";
import {
  changeAnswer,
  changeSecret,
  createAnswer,
  createSecret,
  deleteAnswer,
  deleteSecret,
  getAiEndpoint,
  listAnswers,
  listSecrets,
  setAiEndpoint,
  tryAi,
  tryHttpNode,
  tryQuestion,
} from "./index.server";
import { readSecrets } from "./secrets/read-secrets.server";

withProduct();

const CANARY = "canary-5ecret-value";
let world: World;
let orgId = "";

beforeAll(async () => {
  world = await makeWorld();
  ({ orgId } = world);
});

const as =
  (actor: Actor) =>
  <T>(work: (ctx: Context<Actor>) => Promise<T>) =>
    transact(actor, { orgId }, work);
const admin = <T>(work: (ctx: Context<Actor>) => Promise<T>) => as(world.admin)(work);
const audit = async () =>
  JSON.stringify(
    await asSystem("test", (tx) => tx.select().from(schema.auditEntry).where(eq(schema.auditEntry.orgId, orgId))),
  );

describe("secrets for bots", () => {
  it("are kept, told of without their value, replaced and forgotten; the log knows names and hosts alone (TH6)", async () => {
    const made = await admin((ctx) =>
      createSecret(ctx, orgId, { name: "shop", value: CANARY, hosts: ["API.Shop.com", "api.shop.com"] }),
    );
    expect(made).toMatchObject({ name: "shop", hosts: ["api.shop.com"] });
    expect(JSON.stringify(await admin((ctx) => listSecrets(ctx, orgId)))).not.toContain(CANARY);
    expect((await readSecrets(orgId, ["shop"])).get("shop")).toEqual({ value: CANARY, hosts: ["api.shop.com"] });
    const input = { orgId, secretId: made.id };
    await admin((ctx) => changeSecret(ctx, { ...input, change: { value: "another-5ecret" } }));
    expect((await readSecrets(orgId, ["shop"])).get("shop")?.value).toBe("another-5ecret");
    expect(await audit()).toContain("api.shop.com");
    expect(await audit()).not.toContain("5ecret");
    await admin((ctx) => deleteSecret(ctx, orgId, made.id));
    expect((await readSecrets(orgId, ["shop"])).size).toBe(0);
  });

  it("go to another host only with their value again", async () => {
    const { id } = await admin((ctx) =>
      createSecret(ctx, orgId, { name: "bound", value: CANARY, hosts: ["a.com", "b.com"] }),
    );
    const change = (more: object) => admin((ctx) => changeSecret(ctx, { orgId, secretId: id, change: more }));
    await expect(change({ hosts: ["a.com", "evil.com"] })).rejects.toMatchObject({ code: "secret_value_needed" });
    expect(await change({ hosts: ["a.com"] })).toMatchObject({ hosts: ["a.com"] });
    expect(await change({ hosts: ["c.com"], value: CANARY })).toMatchObject({ hosts: ["c.com"] });
    await expect(
      admin((ctx) => createSecret(ctx, orgId, { name: "bound", value: CANARY, hosts: ["a.com"] })),
    ).rejects.toMatchObject({ code: "secret_taken", status: 409 });
  });

  it("open in no other row (TK2)", async () => {
    const { orgSecret } = schema;
    const { id } = await admin((ctx) => createSecret(ctx, orgId, { name: "moved", value: CANARY, hosts: ["a.com"] }));
    const rows = await asSystem("test", (tx) => tx.select().from(orgSecret).where(eq(orgSecret.id, id)));
    expect(rows[0]?.sealed.toString("latin1")).not.toContain(CANARY);
    const other = await admin((ctx) => createSecret(ctx, orgId, { name: "other", value: "value", hosts: ["a.com"] }));
    const sealed = rows[0]?.sealed ?? Buffer.alloc(0);
    await asSystem("test", (tx) => tx.update(orgSecret).set({ sealed }).where(eq(orgSecret.id, other.id)));
    await expect(readSecrets(orgId, ["other"])).rejects.toThrow();
  });

  it.each([
    [{ name: "Shop" }, "name"],
    [{ value: "abc" }, "value"],
    [{ value: "a\r\nX: 1" }, "value"],
    [{ hosts: [] }, "hosts"],
    [{ hosts: ["https://a.com"] }, "hosts"],
    [{ hosts: ["localhost"] }, "hosts"],
    [{ hosts: ["*.a.com"] }, "hosts"],
  ])("are refused with %j", async (wrong, field) => {
    const given = { name: "fine", value: CANARY, hosts: ["a.com"], ...wrong };
    await expect(admin((ctx) => createSecret(ctx, orgId, given))).rejects.toMatchObject({
      status: 422,
      data: { field },
    });
  });
});

describe("answers", () => {
  const given = {
    language: "es" as const,
    questions: ["¿Hacen envíos?", " ¿Mandan? ", "¿Hacen envíos?"],
    answer: "Sí\u0000.",
  };

  it("are added, found by any wording, tried, changed, deleted and made again", async () => {
    const made = await admin((ctx) => createAnswer(ctx, orgId, given));
    expect(made).toMatchObject({ questions: ["¿Hacen envíos?", "¿Mandan?"], answer: "Sí.", enabled: true });
    const sought = async (words: string) => (await admin((ctx) => listAnswers(ctx, orgId, { words }))).answers.length;
    expect(await Promise.all(["ENVIOS", "mandan", "%", "nada", ""].map(sought))).toEqual([1, 1, 0, 0, 1]);
    const asked = { text: "hacen envios?", language: "es" as const };
    expect(await admin((ctx) => tryQuestion(ctx, orgId, asked))).toMatchObject([{ id: made.id, score: 1 }]);
    const input = { orgId, answerId: made.id };
    await admin((ctx) => changeAnswer(ctx, { ...input, change: { enabled: false } }));
    expect(await admin((ctx) => tryQuestion(ctx, orgId, asked))).toEqual([]);
    expect(await admin((ctx) => changeAnswer(ctx, { ...input, change: { answer: "No" } }))).toMatchObject({
      enabled: false,
      answer: "No",
    });
    const { id: _, updatedAt: __, ...was } = await admin((ctx) => deleteAnswer(ctx, orgId, made.id));
    expect(await admin((ctx) => createAnswer(ctx, orgId, was))).toMatchObject({
      questions: was.questions,
      enabled: false,
    });
  });

  it.each([
    [{ questions: [] }, "questions"],
    [{ questions: ["x".repeat(301)] }, "questions"],
    [{ answer: " " }, "answer"],
  ])("are refused with %j", async (wrong, field) => {
    await expect(admin((ctx) => createAnswer(ctx, orgId, { ...given, ...wrong }))).rejects.toMatchObject({
      data: { field },
    });
  });
});

describe("the language model", () => {
  const settings = {
    ...{ enabled: false, baseUrl: "https://model.example.com/v1", model: "chico", timeoutSeconds: 8, mostTokens: 300 },
    ...{ priceIn: 0, priceOut: 0, monthCost: 0, monthQuestions: 10 },
  };
  const set = (more: object) => admin((ctx) => setAiEndpoint(ctx, orgId, { ...settings, ...more }));

  it("is off until it is set; its key is told to nobody and stays with its server", async () => {
    expect(await admin((ctx) => getAiEndpoint(ctx, orgId))).toBeNull();
    expect(await tryAi(world.admin, orgId, { text: "hola", language: "es" })).toEqual({ error: "off" });
    await set({ key: CANARY });
    await set({ model: "grande" });
    const read = await admin((ctx) => getAiEndpoint(ctx, orgId));
    expect(read).toMatchObject({ model: "grande", hasKey: true, use: { questions: 0, cost: 0 } });
    expect(JSON.stringify(read) + (await audit())).not.toContain(CANARY);
    await expect(set({ baseUrl: "https://evil.example.com/v1" })).rejects.toMatchObject({ code: "ai_key_needed" });
    await set({ baseUrl: "https://other.example.com/v1", key: null });
    expect(await admin((ctx) => getAiEndpoint(ctx, orgId))).toMatchObject({ hasKey: false });
  });

  it.each([
    [{ baseUrl: "http://model.example.com" }, "baseUrl"],
    [{ baseUrl: "https://a:b@model.example.com" }, "baseUrl"],
    [{ model: "" }, "model"],
    [{ timeoutSeconds: 60 }, "timeoutSeconds"],
    [{ mostTokens: 1e6 }, "mostTokens"],
    [{ monthCost: -1 }, "monthCost"],
  ])("is refused with %j", async (wrong, field) => {
    await expect(set(wrong)).rejects.toMatchObject({ status: 422, data: { field } });
  });
});

describe("an HTTP node on trial", () => {
  const settings = {
    url: "https://api.shop.com/{{flow.order}}",
    headers: [{ name: "X-Key", value: "{{org.secrets.trial}}" }],
    saves: [{ path: "n", to: "number" }],
  };
  const world2 = (body: string) => {
    const asked: unknown[] = [];
    const ask = async (url: string, input: unknown) => {
      asked.push(url, input);
      return { status: 200, url, headers: {}, body: Buffer.from(body) };
    };
    return { asked, there: { ask, secretsOver: ["https:"] } };
  };

  it("asks with sample values, and shows what would be saved and no secret (TH6)", async () => {
    await admin((ctx) => createSecret(ctx, orgId, { name: "trial", value: CANARY, hosts: ["api.shop.com"] }));
    const { asked, there } = world2(JSON.stringify({ n: 7, echo: CANARY }));
    const trial = await tryHttpNode(world.admin, orgId, settings, { "flow.order": "a/b" }, there);
    expect(trial).toMatchObject({ status: 200, body: { n: 7 }, saved: { number: 7 } });
    expect(JSON.stringify(trial)).not.toContain(CANARY);
    expect(asked).toMatchObject(["https://api.shop.com/a%2Fb", { headers: { "x-key": CANARY } }]);
  });

  it("is for admins, for whole settings, and not without end", async () => {
    const { there } = world2("{}");
    await expect(tryHttpNode(world.agent, orgId, settings, {}, there)).rejects.toMatchObject({ status: 403 });
    await expect(tryHttpNode(world.admin, orgId, { url: "x" }, {}, there)).rejects.toMatchObject({
      data: { field: "url" },
    });
    const many = Array.from({ length: 25 }, () => tryHttpNode(world.admin, orgId, settings, {}, there));
    const refused = (await Promise.allSettled(many)).filter(({ status }) => status === "rejected");
    expect(refused).toContainEqual(expect.objectContaining({ reason: expect.objectContaining({ status: 429 }) }));
  });
});

it("is the admins' matter; to others there is nothing", async () => {
  const stranger = (await makeWorld()).admin;
  const calls: ((ctx: Context<Actor>) => Promise<unknown>)[] = [
    (ctx) => listSecrets(ctx, orgId),
    (ctx) => createSecret(ctx, orgId, { name: "x", value: CANARY, hosts: ["a.com"] }),
    (ctx) => listAnswers(ctx, orgId),
    (ctx) => createAnswer(ctx, orgId, { language: "es", questions: ["x"], answer: "x" }),
    (ctx) => tryQuestion(ctx, orgId, { text: "x", language: "es" }),
    (ctx) => getAiEndpoint(ctx, orgId),
  ];
  for (const call of calls) {
    await expect(as(world.agent)(call)).rejects.toMatchObject({ status: 403 });
    await expect(as(stranger)(call)).rejects.toMatchObject({ status: 404 });
  }
});
