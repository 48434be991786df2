import { setTimeout as sleep } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { topics } from "~/modules/messaging";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { tallied } from "~/platform/tally";
import {
  type Customer,
  makeCustomer,
  makeWorld,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { sendMessage } from "../desk/send-message.server";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { forgetOlderDesk } from "./desk-memory.server";

withProduct();

const inOneTrip = () => tallied("append_messages_in_one_trip");
const elsewhere = (statement: SQL) => asSystem("test", (tx) => tx.execute(statement));

let world: World;
let rosa: Customer;

beforeEach(async () => {
  world = await makeWorld();
  rosa = await makeCustomer(world);
  await rosa.writes("hola");
  await rosa.writes("sigo");
});

/** As another process would store a message: in one transaction, after the lock. */
const storeElsewhere = (conversationId: string) =>
  asSystem("test", async (tx) => {
    await tx.execute(sql`select from conversation where id = ${conversationId} for no key update`);
    await tx.execute(
      sql`update conversation set last_seq = last_seq + 1, rev = rev + 1, public_rev = public_rev + 1 where id = ${conversationId}`,
    );
    await tx.execute(sql`insert into message (id, conversation_id, org_id, seq, author_kind, author_name, kind, text, sent_at)
      select ${newId()}, id, org_id, last_seq, 'system', '', 'text', 'de otro proceso', now() from conversation where id = ${conversationId}`);
    await tx.execute(sql`insert into change (org_id, conversation_id, rev, public_rev, kind, ref)
      select org_id, id, rev, public_rev, 'message.created', id from conversation where id = ${conversationId}`);
  });

const numbersOf = async (conversationId: string) => {
  const { rows } = await elsewhere(
    sql`select (select array_agg(seq order by seq) from message where conversation_id = c.id) as seqs,
        (select array_agg(rev order by rev) from change where conversation_id = c.id and rev is not null) as revs,
        last_seq, rev from conversation c where id = ${conversationId}`,
  );
  return rows[0] as { seqs: number[]; revs: number[]; last_seq: number; rev: number };
};

describe("a conversation that this process wrote to a moment ago", () => {
  it("takes the next message in one round trip, and the one after", async () => {
    const before = inOneTrip();
    expect((await rosa.writes("uno")).seq).toBe(3);
    expect((await rosa.writes("dos")).seq).toBe(4);
    expect(inOneTrip() - before).toBe(2);
    const { seqs, revs, last_seq, rev } = await numbersOf(rosa.conversationId);
    expect(seqs).toEqual([1, 2, 3, 4]);
    expect(last_seq).toBe(4);
    expect(revs).toHaveLength(rev);
  });

  it.each<[string, (world: World, rosa: Customer) => SQL]>([
    ["its customer was blocked", ({ orgId }) => sql`update contact set blocked_at = now() where org_id = ${orgId}`],
    ["its channel was disabled", ({ orgId }) => sql`update channel set disabled_at = now() where org_id = ${orgId}`],
    ["its area changed", ({ orgId }) => sql`update area set name = name || '.' where org_id = ${orgId}`],
    ["its identity changed", ({ orgId }) => sql`update identity set org_id = org_id where org_id = ${orgId}`],
    [
      "its organisation was suspended",
      ({ orgId }) => sql`update organisation set suspended_at = now() where id = ${orgId}`,
    ],
    [
      "its ticket changed",
      (_, { conversationId }) => sql`update ticket set priority = 'urgent' where conversation_id = ${conversationId}`,
    ],
    [
      "it changed itself",
      (_, { conversationId }) => sql`update conversation set customer_read_seq = 1 where id = ${conversationId}`,
    ],
  ])("is read anew when %s elsewhere", async (_, change) => {
    await elsewhere(change(world, rosa));
    const before = inOneTrip();
    await rosa.writes("otra vez").catch(() => {});
    expect(inOneTrip()).toBe(before);
  });

  it("is read at once when another process told of more than this one knows, and only then", async () => {
    const { rev } = await numbersOf(rosa.conversationId);
    const { conversationStaff, conversationPublic } = topics;
    const before = inOneTrip();
    forgetOlderDesk(conversationStaff(rosa.conversationId), rev);
    forgetOlderDesk(conversationPublic(newId()), 1_000);
    await rosa.writes("en un viaje");
    expect(inOneTrip() - before).toBe(1);
    forgetOlderDesk(conversationPublic(rosa.conversationId), 1_000);
    await rosa.writes("leída");
    await rosa.writes("en un viaje");
    forgetOlderDesk(conversationStaff(rosa.conversationId), rev + 100);
    await rosa.writes("leída");
    expect(inOneTrip() - before).toBe(2);
  });

  it("is stored as it is decided anew: a blocked customer's message leaves the ticket alone", async () => {
    await claimTicket(world.agent, (await ticketOf(world, rosa.conversationId)).id);
    await sendMessage(world.agent, {
      conversationId: rosa.conversationId,
      clientId: newId(),
      text: "va",
      visibility: "public",
    });
    await elsewhere(sql`update contact set blocked_at = now() where org_id = ${world.orgId}`);
    await rosa.writes("¿me leen?");
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({ waiting_on: "customer" });
  });

  it("answers a repeated send from what is stored", async () => {
    const clientId = newId();
    const first = await rosa.writes("una vez", clientId);
    const again = await sendMessage(rosa.guest, {
      conversationId: rosa.conversationId,
      clientId,
      text: "una vez",
      visibility: "public",
    });
    expect(again).toMatchObject({ dedup: true, row: { id: first.id } });
    expect((await rosa.writes("otra")).seq).toBe(first.seq + 1);
  });

  it("waits for whoever holds it, and takes the number after theirs", async () => {
    let free = () => {};
    const held = new Promise<void>((done) => {
      free = done;
    });
    const other = asSystem("test", async (tx) => {
      await tx.execute(sql`update conversation set last_seq = last_seq + 1 where id = ${rosa.conversationId}`);
      await tx.execute(sql`insert into message (id, conversation_id, org_id, seq, author_kind, author_name, kind, text, sent_at)
        select ${newId()}, id, org_id, last_seq, 'system', '', 'text', 'mientras', now() from conversation where id = ${rosa.conversationId}`);
      await held;
    });
    await sleep(100);
    const mine = rosa.writes("espero");
    await sleep(200);
    free();
    await other;
    expect((await mine).seq).toBe(4);
  });

  it("gives every message a number of its own while another process writes there too", async () => {
    const luis = await makeCustomer(world, "Luis");
    await luis.writes("hola");
    const customers = [rosa, luis];
    const apart = tallied("append_batches_taken_apart");
    const before = inOneTrip();
    const loop = async (work: () => Promise<unknown>, times: number) => {
      for (let n = 0; n < times; n++) await work();
    };
    await Promise.all([
      ...customers.map(({ writes }) => loop(() => writes("aquí"), 120)),
      ...customers.map(({ conversationId }) =>
        loop(async () => {
          await storeElsewhere(conversationId);
          await sleep(Math.random() * 8);
        }, 60),
      ),
    ]);
    for (const { conversationId } of customers) {
      const { seqs, revs, last_seq, rev } = await numbersOf(conversationId);
      expect(seqs).toEqual(seqs.map((_, place) => place + 1));
      expect(revs).toEqual(revs.map((_, place) => place + 1));
      expect([seqs.length, revs.length]).toEqual([last_seq, rev]);
    }
    expect(inOneTrip()).toBeGreaterThan(before);
    expect(tallied("append_batches_taken_apart")).toBe(apart);
  });

  it("is not written on behalf of what was true before a transfer", async () => {
    const { id, version } = await ticketOf(world, rosa.conversationId);
    await updateTicket(world.admin, id, { version, areaId: world.areas.support });
    await rosa.writes("¿y ahora?");
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({ area: { id: world.areas.support } });
  });
});
