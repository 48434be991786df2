import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { listDeadLetters, retryDeadLetter } from "~/modules/messaging/index.server";
import { asSystem, database } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { runQuery } from "../../../../tests/support/postgres-query";
import {
  connectWhatsapp,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { createArea, listAudit } from "../../accounts/index.server";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { exportTickets } from "./export-tickets.server";
import { retireArea } from "./retire-area.server";

withProduct();

let world: World;
let foreign: World;
beforeAll(async () => {
  world = await makeWorld();
  foreign = await makeWorld();
});

const textOf = async (stream: Promise<ReadableStream<Uint8Array>>) => new Response(await stream).text();
const newArea = async (name: string) => {
  const { areaId } = await transact(world.admin, { orgId: world.orgId }, (ctx) =>
    createArea(ctx, { orgId: world.orgId, name }),
  );
  return areaId;
};
const newestAction = async () => {
  const { entries } = await transact(world.admin, { orgId: world.orgId }, (ctx) =>
    listAudit(ctx, { orgId: world.orgId, limit: 1 }),
  );
  return entries[0]?.action;
};
const rowOf = async (ticketId: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.ticket).where(eq(schema.ticket.id, ticketId))))[0];

describe("an area that is put away", () => {
  it("keeps nothing that is under way: its tickets and channels go where the admin says", async () => {
    const areaId = await newArea("Depósito");
    const customer = await makeCustomer(world);
    await customer.writes("hola");
    const { id } = await ticketOf(world, customer.conversationId);
    await updateTicket(world.admin, id, { areaId });
    await claimTicket(world.admin, id);
    await asSystem("test", (tx) =>
      tx.insert(schema.channel).values({ id: newId(), orgId: world.orgId, kind: "web", name: "Otro", areaId }),
    );
    const retire = (toAreaId: string | null) => retireArea(world.admin, { orgId: world.orgId, areaId, toAreaId });
    await expect(retire(null)).rejects.toMatchObject({ status: 409, code: "area_in_use" });
    await expect(retire(areaId)).rejects.toMatchObject({ status: 409, code: "same_area" });
    await expect(retire(foreign.areas.support)).rejects.toMatchObject({ status: 404, code: "not_found" });
    await expect(
      retireArea(world.agent, { orgId: world.orgId, areaId, toAreaId: world.areas.support }),
    ).rejects.toMatchObject({ status: 403 });
    await retire(world.areas.support);
    // An admin may have tickets of any area, and keeps this one.
    const moved = { areaId: world.areas.support, assigneeId: world.memberId(world.admin), state: "open" };
    expect(await rowOf(id)).toMatchObject(moved);
    const left = await asSystem("test", (tx) =>
      tx.select().from(schema.channel).where(eq(schema.channel.areaId, areaId)),
    );
    expect(left).toEqual([]);
    expect(await newestAction()).toBe("area.archived");
  });

  it("is refused while a ticket is open there", async () => {
    const areaId = await newArea("Taller");
    const customer = await makeCustomer(world);
    await customer.writes("hola");
    await updateTicket(world.admin, (await ticketOf(world, customer.conversationId)).id, { areaId });
    await expect(retireArea(world.admin, { orgId: world.orgId, areaId, toAreaId: null })).rejects.toMatchObject({
      status: 409,
      code: "area_has_tickets",
    });
  });
});

describe("an export of the tickets", () => {
  it("holds each that the admin sees once, in both forms, and nothing that a sheet would run (TA19)", async () => {
    const customer = await makeCustomer(world, "=HYPERLINK(1)");
    await customer.writes("hola");
    const csv = await textOf(exportTickets(world.admin, world.orgId, "csv", async () => world.admin));
    expect(await newestAction()).toBe("tickets.exported");
    expect(csv).toContain(",'=HYPERLINK(1),");
    const jsonl = await textOf(exportTickets(world.admin, world.orgId, "jsonl", async () => world.admin));
    const rows = jsonl
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: string });
    const { rows: known } = await asSystem("test", (tx) =>
      tx.execute<{ id: string }>(sql`select id from ticket where org_id = ${world.orgId} order by id`),
    );
    expect(rows.map(({ id }) => id)).toEqual(known.map(({ id }) => id));
    expect(csv.trimEnd().split("\r\n")).toHaveLength(known.length + 1);
  });

  it("leaves out what is of a private area that is not the admin's, as every list does (R10)", async () => {
    const areaId = await newArea("Legales");
    const customer = await makeCustomer(world);
    await customer.writes("hola");
    const { id } = await ticketOf(world, customer.conversationId);
    await updateTicket(world.admin, id, { areaId });
    await asSystem("test", (tx) =>
      tx.update(schema.area).set({ visibility: "private" }).where(eq(schema.area.id, areaId)),
    );
    expect(await textOf(exportTickets(world.admin, world.orgId, "jsonl", async () => world.admin))).not.toContain(id);
  });

  it("is the admins' alone (TA11, TA18)", async () => {
    await expect(exportTickets(world.agent, world.orgId, "csv", async () => world.agent)).rejects.toMatchObject({
      status: 403,
    });
    await expect(exportTickets(foreign.admin, world.orgId, "csv", async () => foreign.admin)).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe("dead letters", () => {
  async function failedSend() {
    const channel = await connectWhatsapp(world, String(910_000 + Math.floor(Math.random() * 80_000)), "a secret");
    const customer = await makeCustomer(world);
    await customer.writes("hola");
    const message = await memberWrites(world.admin, customer.conversationId, "respuesta");
    const row = { id: newId(), orgId: world.orgId, conversationId: customer.conversationId, channelId: channel.id };
    const error = { code: "131026", text: "Message undeliverable" };
    const sent = { messageId: message.id, seq: message.seq, content: {}, attempts: 12, error };
    await asSystem("test", (tx) =>
      tx.insert(schema.outbox).values({ ...row, ...sent, state: "failed", endedAt: new Date() }),
    );
    return row.id;
  }
  const deadJob = (payload: object) =>
    asSystem("test", async (tx) => {
      await tx.execute(
        sql`select job.enqueue('deliver-outbox', ${JSON.stringify(payload)}::json, 1::smallint, 1::smallint, null, null)`,
      );
    });

  it("that are messages are told with their reason, to no other organisation, and leave again", async () => {
    const id = await failedSend();
    const letters = await listDeadLetters(world.admin, world.orgId);
    expect(letters).toContainEqual(
      expect.objectContaining({ id, kind: "message", reason: "Message undeliverable", attempts: 12 }),
    );
    expect(await listDeadLetters(foreign.admin, foreign.orgId)).toEqual([]);
    await expect(listDeadLetters(world.agent, world.orgId)).rejects.toMatchObject({ status: 403 });
    await expect(listDeadLetters(foreign.admin, world.orgId)).rejects.toMatchObject({ status: 404 });
    await expect(retryDeadLetter(foreign.admin, foreign.orgId, id)).rejects.toMatchObject({ status: 404 });
    await retryDeadLetter(world.admin, world.orgId, id);
    const [row] = await asSystem("test", (tx) => tx.select().from(schema.outbox).where(eq(schema.outbox.id, id)));
    expect(row).toMatchObject({ state: "waiting", attempts: 0, error: null });
    await expect(retryDeadLetter(world.admin, world.orgId, id)).rejects.toMatchObject({ status: 404 });
    expect(await newestAction()).toBe("dead_letter.retried");
  });

  it("that are jobs are told where all that they name is the organisation's", async () => {
    // Jobs of earlier tests, which nobody works here, are not what is told of.
    await runQuery(database().url, "delete from graphile_worker._private_jobs returning id");
    const mine = await makeCustomer(world);
    const theirs = await makeCustomer(foreign);
    await deadJob({ conversationId: mine.conversationId });
    await deadJob({ conversationId: mine.conversationId, other: theirs.conversationId });
    await deadJob({ inboxId: newId() });
    // Another organisation's trouble, newer and more than one look takes in.
    await runQuery(
      database().url,
      `select count(job.enqueue('deliver-outbox', json_build_object('conversationId', gen_random_uuid()), 1::smallint, 1::smallint, null, null))
      from generate_series(1, 1100)`,
    );
    await runQuery(
      database().url,
      "update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'it broke' returning id",
    );
    const ours = (await listDeadLetters(world.admin, world.orgId)).filter(({ kind }) => kind === "job");
    expect(ours).toMatchObject([{ what: "deliver-outbox", reason: "it broke" }]);
    expect(await listDeadLetters(foreign.admin, foreign.orgId)).toEqual([]);
    const id = ours[0]?.id ?? "";
    await expect(retryDeadLetter(foreign.admin, foreign.orgId, id)).rejects.toMatchObject({ status: 404 });
    await retryDeadLetter(world.admin, world.orgId, id);
    expect((await listDeadLetters(world.admin, world.orgId)).filter(({ kind }) => kind === "job")).toEqual([]);
  });
});
