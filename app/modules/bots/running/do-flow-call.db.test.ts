import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getThread } from "~/modules/tickets/index.server";
import { asSystem, database } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { botWorld, runOf } from "../../../../tests/support/data/bot-world";
import { runQuery } from "../../../../tests/support/postgres-query";
import { type Customer, memberWrites, ticketOf, type World, withProduct } from "../../../../tests/support/world";
import { flowOf } from "../engine/fake-customer";
import type { RunState } from "../engine/run";
import type { NodeRunner } from "../nodes/runners.server";
import { takeCall } from "./do-flow-call.server";

withProduct();

const choice = (body: string) => ({ kind: "choice", settings: { body, items: [{ id: "a", label: "A" }] } });
const flow = flowOf(
  {
    h: {
      kind: "http",
      settings: {
        method: "POST",
        url: "https://tienda.test/pedidos",
        body: { kind: "text", text: "{{contact.name}}" },
        saves: [{ path: "number", to: "number" }],
        saveErrorTo: "why",
      },
    },
    ok: choice("Pedido {{flow.number}}"),
    error: choice("No anduvo: {{flow.why}}"),
  },
  ["h.ok>ok", "h.error>error"],
);

const stateOf = async (world: World) => (await runOf(world)).state as RunState;

/** A customer whose bot waits for the other server, and the work as a worker takes it. */
async function waiting() {
  const { world, rosa } = await botWorld(flow);
  await rosa.writes("hola");
  const { id: runId } = await runOf(world);
  const call = { orgId: world.orgId, runId, call: (await stateOf(world)).waiting?.call ?? "" };
  const does = (run: NodeRunner) => takeCall(call, { http: run } as Parameters<typeof takeCall>[1]);
  return { world, rosa, call, does };
}

const heard = async (world: World, rosa: Customer) =>
  (await getThread(world.admin, rosa.conversationId)).messages
    .filter(({ author, visibility }) => author.kind === "bot" && visibility === "public")
    .map(({ text }) => text?.split("\n")[0]);
const ordered: NodeRunner = async () => ({ status: 200, body: { number: 42 } });

describe("a node's server work", () => {
  it("is put in line with the state, and its result is taken once (F36)", async () => {
    const { world, rosa, call, does } = await waiting();
    const jobs = await runQuery(
      database().url,
      `select payload::text from graphile_worker._private_jobs where key = 'flow-call:${call.runId}:${call.call}'`,
    );
    expect(jobs).toHaveLength(1);
    expect(JSON.stringify(jobs)).not.toContain("Rosa");
    const scopes: unknown[] = [];
    await does(async (input, scope) => {
      scopes.push(scope);
      expect(input).toMatchObject({ method: "POST", body: ["Rosa"] });
      return ordered(input, scope);
    });
    expect(await heard(world, rosa)).toEqual(["Pedido 42"]);
    await does(async () => expect.unreachable());
    expect(await heard(world, rosa)).toEqual(["Pedido 42"]);
    expect(scopes).toEqual([
      { orgId: world.orgId, conversationId: rosa.conversationId, key: `${call.runId}:${call.call}` },
    ]);
  });

  it("begun by a worker that died is begun once more under the same key, and never a third time (F36, pitfall 30)", async () => {
    const { world, rosa, call, does } = await waiting();
    const keys: string[] = [];
    // A process that is killed writes no result: neither does one whose answer never comes.
    const dies: NodeRunner = (_, { key }) => {
      keys.push(key);
      return new Promise(() => {});
    };
    void does(dies);
    await expect.poll(() => keys.length).toBe(1);
    void does(dies);
    await expect.poll(() => keys.length).toBe(2);
    await does(async () => expect.unreachable());
    expect(keys).toEqual([`${call.runId}:${call.call}`, `${call.runId}:${call.call}`]);
    expect(await heard(world, rosa)).toEqual(["No anduvo: interrupted"]);
  });

  it("done twice at once gives one answer (F36)", async () => {
    const { world, rosa, does } = await waiting();
    await Promise.all([does(ordered), does(ordered)]);
    expect(await heard(world, rosa)).toEqual(["Pedido 42"]);
    const { flowTrace } = schema;
    const results = await asSystem("test", async (tx) =>
      tx.$count(flowTrace, and(eq(flowTrace.runId, (await runOf(world)).id), eq(flowTrace.orgId, world.orgId))),
    );
    expect(results).toBe(2);
  });

  it("that fails leaves by error", async () => {
    const { world, rosa, does } = await waiting();
    await does(async () => {
      throw new Error("a fault of ours");
    });
    expect(await heard(world, rosa)).toEqual(["No anduvo: failed"]);
  });

  it("whose answer comes after a person has written says nothing (pitfall 29)", async () => {
    const { world, rosa, does } = await waiting();
    await does(async (input, scope) => {
      await memberWrites(world.admin, rosa.conversationId, "Yo te ayudo");
      return ordered(input, scope);
    });
    expect(await heard(world, rosa)).toEqual([]);
    expect((await ticketOf(world, rosa.conversationId)).state).not.toBe("bot");
    await does(async () => expect.unreachable());
  });

  it("whose answer comes after the customer has asked for a person says nothing", async () => {
    const { world, rosa, does } = await waiting();
    await does(async (input, scope) => {
      await rosa.writes("agente");
      return ordered(input, scope);
    });
    expect((await heard(world, rosa)).join()).not.toContain("Pedido");
  });
});
