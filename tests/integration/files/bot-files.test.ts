import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type AccountActor, SYSTEM } from "~/modules/accounts";
import { createToken } from "~/modules/accounts/index.server";
import { addFlow, openDraft, publishFlow, saveDraft } from "~/modules/bots/index.server";
import { lendFile, sweepFiles } from "~/modules/files/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Tus, tusOf, withFiles } from "../../support/files/tus";
import { makeCustomer, makeWorld, type World } from "../../support/world";

const { url } = withFiles();

let world: World;
let flowId = "";
let admin: Tus;

async function tusFor(of: World, actor: AccountActor): Promise<Tus> {
  const { token } = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: of.orgId, memberId: of.memberId(actor), name: "test", scopes: ["*"] }),
  );
  return tusOf(url, { authorization: `Bearer ${token}` });
}

beforeAll(async () => {
  world = await makeWorld({ bot: true });
  flowId = await addFlow(world.admin, world.orgId, { name: "Con fotos", starter: null });
  admin = await tusFor(world, world.admin);
});

const meta = () => ({ flow: flowId, filename: "catálogo.txt", filetype: "text/plain" });
const rowOf = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.file).where(eq(schema.file.id, id))))[0];

/** A day goes by for a file, and the sweep comes. */
async function aDayPasses(id: string, hours = 25) {
  const then = sql`now() - make_interval(hours => ${hours})`;
  await asSystem("test", (tx) => tx.update(schema.file).set({ createdAt: then }).where(eq(schema.file.id, id)));
  await sweepFiles();
}

async function draws(fileId: string) {
  const { draft, revision } = await openDraft(world.admin, world.orgId, flowId);
  const step = {
    ...{ id: "media", kind: "media" as const, title: "", position: { x: 300, y: 0 } },
    settings: { media: "file", source: { from: "file", file: fileId } },
  };
  const people = { id: "people", kind: "handoff" as const, title: "", position: { x: 600, y: 0 }, settings: {} };
  const edges = [
    { from: "start", exit: "next", to: "media" },
    { from: "media", exit: "next", to: "people" },
  ];
  return saveDraft(world.admin, world.orgId, flowId, {
    revision,
    draft: { ...draft, nodes: [...draft.nodes.filter(({ id }) => id === "start"), step, people], edges },
  });
}

describe("a file of a bot", () => {
  it("is brought, seen and taken back by who edits bots, and nobody else", async () => {
    const other = await makeWorld({ bot: true });
    const id = await admin.send("Yerba 1 kg: 3000", meta());
    expect(await rowOf(id)).toMatchObject({ orgId: world.orgId, flowId, conversationId: null, messageId: null });
    expect(await (await admin.get(id)).text()).toBe("Yerba 1 kg: 3000");
    const customer = await makeCustomer(world);
    await customer.writes("hola");
    const others: [string, Tus, number][] = [
      ["an agent", await tusFor(world, world.agent), 403],
      ["another organisation's admin", await tusFor(other, other.admin), 404],
      ["a customer", tusOf(url, { authorization: `Bearer ${customer.token}` }), 404],
    ];
    for (const [who, tus, status] of others) {
      expect([who, (await tus.create(3, meta())).status, (await tus.get(id)).status]).toEqual([who, status, status]);
      expect([who, await tus.offset(id)]).toEqual([who, null]);
    }
    const strange = [newId(), "x"].map((flow) => admin.create(3, { flow, filename: "x" }));
    expect((await Promise.all(strange)).map(({ status }) => status)).toEqual([404, 404]);
  });

  it("goes to customers as a copy of its own, and stays where it is", async () => {
    const id = await admin.send("Lista de precios", meta());
    const customer = await makeCustomer(world);
    await customer.writes("hola");
    const { conversationId } = customer;
    const lent = await transactAsSystem(SYSTEM, "test", (ctx) =>
      lendFile(ctx, id, { orgId: world.orgId, conversationId }),
    );
    expect(lent).toMatchObject({ conversationId, flowId: null, name: "catálogo.txt" });
    expect(await rowOf(id)).toMatchObject({ flowId, conversationId: null });
  });

  it("stays while a bot names it, draft or version, and is swept where none does a day later", async () => {
    const [drawn, forgotten] = [await admin.send("a", meta()), await admin.send("b", meta())];
    const { revision } = await draws(drawn);
    await aDayPasses(forgotten, 20);
    expect(await rowOf(forgotten)).toBeDefined();
    await Promise.all([drawn, forgotten].map((id) => aDayPasses(id)));
    expect([await rowOf(drawn), await rowOf(forgotten)]).toMatchObject([{ id: drawn }, undefined]);
    await publishFlow(world.admin, world.orgId, flowId, { revision });
    await draws(newId());
    await aDayPasses(drawn, 30);
    expect(await rowOf(drawn)).toBeDefined();
  });
});
