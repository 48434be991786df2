import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { addHoliday, createArea, createToken, inviteMember } from "~/modules/accounts/index.server";
import { createAnswer, createSecret, takeFlow } from "~/modules/bots/index.server";
import { addChannel } from "~/modules/channels/index.server";
import { createGroupInvite } from "~/modules/chats/index.server";
import { createTag } from "~/modules/contacts/index.server";
import { createMacro, createReply, createView } from "~/modules/desk/index.server";
import { createWebhook } from "~/modules/webhooks/index.server";
import { asSystem } from "~/platform/db.server";
import { transact, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { ENDPOINTS } from "../../app/routes/api.v1.$/endpoints.server";
import { answerDocument } from "../../app/routes/api.v1.$/openapi/answer-document.server";
import {
  type Asked,
  addressOf,
  callApi,
  DOCUMENT,
  fieldsOf,
  idFor,
  named,
  OPERATIONS,
  type Operation,
  rightBody,
  rightValue,
} from "../support/api-calls";
import { type FullWorld, makeFullWorld, scheduledOf } from "../support/full-world";
import { withoutLimits } from "../support/no-limits";
import { makeAccount, makeCustomer, memberWrites, ticketOf, withProduct } from "../support/world";

withProduct();
withoutLimits();

let world: FullWorld;
beforeAll(async () => {
  world = await makeFullWorld();
});

const ajv = addFormats(new Ajv({ strict: false }));
ajv.addSchema(DOCUMENT, "api");

/** A call's answer is one of those that the document promises, in status and shape. */
function expectAsDocumented({ path, method, responses, name }: Operation, answer: Asked): void {
  expect(Object.keys(responses), `${name} ${answer.text.slice(0, 300)}`).toContain(String(answer.status));
  const place = [path, method.toLowerCase(), "responses", answer.status, "content", "application/json", "schema"];
  const pointer = place.map((part) => encodeURIComponent(String(part).replace(/~/g, "~0").replace(/\//g, "~1")));
  const validate = ajv.getSchema(`api#/paths/${pointer.join("/")}`);
  if (!validate) throw new Error(`${name} documents no body for ${answer.status}`);
  expect(validate(answer.body) ? [] : validate.errors, `${name} ${answer.text.slice(0, 600)}`).toEqual([]);
}

/** What a call may spend is made for it. */
async function freshAddress(operation: Operation): Promise<string> {
  if (operation.id === "getSharedTicket") return addressOf(operation, world);
  if (operation.id === "deleteMacro") {
    const steps = [{ do: "take" } as const];
    const draft = { scope: "member", name: crypto.randomUUID(), steps } as const;
    return addressOf(operation, world, (await createMacro(world.admin, world.orgId, draft)).id);
  }
  if (operation.path.startsWith("/messages"))
    return addressOf(operation, world, (await memberWrites(world.admin, world.ids.conversation, "hola")).id);
  if (operation.path.startsWith("/scheduled-messages"))
    return addressOf(operation, world, await scheduledOf(world, world.ids.conversation, "hola"));
  if (operation.path.startsWith("/tickets/")) {
    const customer = await makeCustomer(world);
    await customer.writes("hola");
    return addressOf(operation, world, (await ticketOf(world, customer.conversationId)).id);
  }
  if (operation.id === "deleteView") {
    const { id } = await createView(world.admin, world.orgId, { name: "de paso", filter: "" });
    return addressOf(operation, world, id);
  }
  if (operation.id === "deleteCannedReply") {
    const draft = { scope: "member", shortcut: crypto.randomUUID(), title: "de paso", text: "hola" } as const;
    return addressOf(operation, world, (await createReply(world.admin, world.orgId, draft)).id);
  }
  if (operation.id === "disableChannel")
    return addressOf(
      operation,
      world,
      (await addChannel(world.admin, { orgId: world.orgId, kind: "web", settings: {} })).id,
    );
  const spent = await spentByCall(operation);
  if (spent) return addressOf(operation, world, spent);
  if (operation.id === "revokeGroupInvite") {
    const { id } = await createGroupInvite(world.admin, world.ids.group, { days: 1, asks: false });
    return addressOf(operation, { ...world, ids: { ...world.ids, invite: id } });
  }
  if (operation.id === "answerJoinRequest") await asksAgain();
  return addressOf(operation, world, idFor(operation, world));
}

let days = 0;

/** What administers ends: another one for each call. */
async function spentByCall({ id }: Operation): Promise<string | undefined> {
  const { orgId, admin } = world;
  if (id === "archiveArea")
    return (await transact(admin, { orgId }, (ctx) => createArea(ctx, { orgId, name: crypto.randomUUID() }))).areaId;
  if (id === "mergeTags" || id === "deleteTag")
    return (await transact(admin, { orgId }, (ctx) => createTag(ctx, { orgId, name: crypto.randomUUID() }))).id;
  if (id === "archiveFlow" || id === "saveFlow" || id === "publishFlow")
    return (await takeFlow(admin, orgId, { draft: rightValue("draft", {}, world) })).id;
  if (id === "removeHoliday") {
    const day = `2040-01-${String(++days).padStart(2, "0")}`;
    const holiday = { name: "de paso", day, spans: [], areaId: null };
    return (await transact(admin, { orgId }, (ctx) => addHoliday(ctx, { orgId, holiday }))).id;
  }
  if (id === "deleteWebhook") {
    const webhook = { url: "https://shop.example/hook", events: ["ticket.changed" as const] };
    return (await transact(admin, { orgId }, (ctx) => createWebhook(ctx, { orgId, webhook }))).webhook.id;
  }
  if (id === "revokeInvitation")
    return (
      await transact(admin, { orgId }, (ctx) => inviteMember(ctx, { orgId, role: "agent", areaIds: [], email: null }))
    ).invitationId;
  if (id === "deleteAnswer") {
    const answer = { language: "es" as const, questions: ["¿de paso?"], answer: "hola" };
    return (await transact(admin, { orgId }, (ctx) => createAnswer(ctx, orgId, answer))).id;
  }
  if (id === "deleteSecret") {
    const secret = { name: `k${crypto.randomUUID().slice(0, 8)}`, value: "de-paso", hosts: ["api.example.com"] };
    return (await transact(admin, { orgId }, (ctx) => createSecret(ctx, orgId, secret))).id;
  }
  if (id === "revokeToken")
    return (
      await transactAsSystem(SYSTEM, "test", (ctx) =>
        createToken(ctx, { orgId, memberId: world.memberId(admin), name: "test", scopes: ["me:read"] }),
      )
    ).id;
  if (id === "removeMember") {
    const { accountId } = await makeAccount("Eva");
    const member = { id: crypto.randomUUID(), orgId, accountId, role: "agent" as const };
    await asSystem("test", (tx) => tx.insert(schema.member).values(member));
    return member.id;
  }
  return undefined;
}

/** Who was let into the group is out of it again, and asks. */
async function asksAgain(): Promise<void> {
  const { participant, chatJoinRequest } = schema;
  const one = { conversationId: world.ids.group, accountId: world.ids.asking };
  await asSystem("test", async (tx) => {
    await tx
      .delete(participant)
      .where(and(eq(participant.conversationId, one.conversationId), eq(participant.accountId, one.accountId)));
    await tx.insert(chatJoinRequest).values(one).onConflictDoNothing();
  });
}

describe("the document", () => {
  it("is valid OpenAPI 3.1, told to everybody", async () => {
    const answer = answerDocument(new Request("https://guazu.test/api/v1/openapi.json"));
    const document = (await answer?.json()) as Record<string, unknown>;
    expect(document).toEqual(JSON.parse(JSON.stringify(DOCUMENT)));
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(await new Validator().validate(document)).toEqual({ valid: true });
    expect(answerDocument(new Request("https://guazu.test/api/v1/me"))).toBeUndefined();
  });

  it("tells of every call, and of none that does not exist", () => {
    const written = OPERATIONS.map(({ name }) => name.replace(/\{(\w+)\}/g, ":$1"));
    expect(written.sort()).toEqual(ENDPOINTS.map(({ method, path }) => `${method} ${path}`).sort());
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  });

  it("says of every call what it needs, does and refuses", () => {
    for (const { name, security, responses, path } of OPERATIONS) {
      const open = path.startsWith("/public/");
      expect(security.length, name).toBe(open ? 0 : 1);
      expect(Object.keys(responses), name).toEqual(expect.arrayContaining(open ? ["429"] : ["401", "429"]));
    }
    for (const endpoint of ENDPOINTS) {
      expect(endpoint.summary, endpoint.name).toMatch(/^[A-Z].{8,}\.$/s);
      if (endpoint.access === "member") expect(endpoint.scope, endpoint.name).toBeTruthy();
    }
  });
});

describe.each(named(OPERATIONS))("%s", (_, operation) => {
  it("answers a right call as documented", async () => {
    const answer = await callApi(
      operation.method,
      await freshAddress(operation),
      world.token.secret,
      rightBody(operation, world),
    );
    expect(answer.status, answer.text).toBeLessThan(300);
    expectAsDocumented(operation, answer);
  });

  it("answers each thing that it may be given as documented", async () => {
    for (const [name, schema] of fieldsOf(operation)) {
      const body = { ...rightBody(operation, world), [name]: rightValue(name, schema, world) };
      expectAsDocumented(
        operation,
        await callApi(operation.method, await freshAddress(operation), world.token.secret, body),
      );
    }
    for (const { name, schema } of operation.query) {
      const value = name === "cursor" ? "" : String(rightValue(name, schema, world));
      const query = name === "after" ? "now" : value;
      const answer = await callApi("GET", `${addressOf(operation, world)}?${name}=${query}`, world.token.secret);
      expectAsDocumented(operation, answer);
    }
  });

  it("answers a guest, a stranger and an unknown id as documented", async () => {
    const body = rightBody(operation, world);
    const nobodys = addressOf(operation, { ...world, handle: "nobody-at-all" }, crypto.randomUUID());
    for (const [path, token] of [
      [addressOf(operation, world, idFor(operation, world)), world.guest.token],
      [addressOf(operation, world), null],
      [nobodys, world.token.secret],
    ] as const) {
      expectAsDocumented(operation, await callApi(operation.method, path, token, body));
    }
  });
});

describe("a token's scopes (TC12)", () => {
  const scopes = [...new Set(OPERATIONS.flatMap(({ security }) => security.flatMap(({ bearer }) => bearer)))];
  const scopeOf = ({ security }: Operation) => security[0]?.bearer[0] ?? "";
  const tokenFor = async (given: string[]) =>
    (
      await transactAsSystem(SYSTEM, "test", (ctx) =>
        createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: "test", scopes: given }),
      )
    ).token;

  it.each(named(OPERATIONS.filter((one) => scopeOf(one) !== "")))(
    "%s asks for its own, and for nothing else",
    async (_, operation) => {
      const scope = scopeOf(operation);
      const [own, others] = [await tokenFor([scope]), await tokenFor(scopes.filter((one) => one !== scope))];
      const path = await freshAddress(operation);
      const refused = await callApi(operation.method, path, others, rightBody(operation, world));
      expect([refused.status, refused.body.error?.code]).toEqual([403, "missing_scope"]);
      const done = await callApi(operation.method, path, own, rightBody(operation, world));
      expect(done.status, done.text).toBeLessThan(300);
    },
  );
});
