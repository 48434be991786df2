import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { newId } from "~/platform/ids";
import { rows } from "../../../../tests/support/data/rows";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { getThread } from "../reading/read-conversation.server";
import { claimTicket, updateTicket } from "./update-ticket.server";

withProduct();

async function invariants(world: World) {
  const [state] = await rows<{ live: string; assigned: string; gaps: string; runs: string }>(sql`
    select (select count(*) from (select 1 from ticket where org_id = ${world.orgId} and state <> 'closed' group by conversation_id having count(*) > 1) x) as live,
      (select count(*) from ticket where org_id = ${world.orgId} and assignee_id is not null and state <> 'open') as assigned,
      (select count(*) from conversation c where org_id = ${world.orgId}
        and (c.last_seq <> (select count(*) from message m where m.conversation_id = c.id)
          or c.last_seq <> (select coalesce(max(seq), 0) from message m where m.conversation_id = c.id)
          or c.rev <> (select coalesce(max(rev), 0) from change h where h.conversation_id = c.id)
          or c.public_rev <> (select coalesce(max(public_rev), 0) from change h where h.conversation_id = c.id))) as gaps,
      (select count(*) from ticket t where org_id = ${world.orgId}
        and (state = 'bot') <> (select count(*) = 1 from flow_run r where r.ticket_id = t.id and r.status = 'live')) as runs`);
  expect(state).toEqual({ live: "0", assigned: "0", gaps: "0", runs: "0" });
}

describe("races", () => {
  it("50 messages at once of a new customer: one ticket, seq 1 to 50, the bot greets once (F27, pitfall 1)", async () => {
    const world = await makeWorld({ bot: true });
    const rosa = await makeCustomer(world);
    await Promise.all(Array.from({ length: 50 }, (_, i) => rosa.writes(`mensaje ${i}`)));
    const [count] = await rows<{ tickets: string; inbound: string; greetings: string }>(sql`
      select (select count(*) from ticket where conversation_id = ${rosa.conversationId}) as tickets,
        (select count(*) from message where conversation_id = ${rosa.conversationId} and author_kind = 'contact') as inbound,
        (select count(*) from message where conversation_id = ${rosa.conversationId} and text like '¡Hola%') as greetings`);
    expect(count).toEqual({ tickets: "1", inbound: "50", greetings: "1" });
    await invariants(world);
  });

  it("one send repeated five times in parallel is stored once, and every caller gets it (F7)", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    for (let round = 0; round < 10; round++) {
      const clientId = newId();
      const sent = await Promise.all(Array.from({ length: 5 }, () => rosa.writes(`ronda ${round}`, clientId)));
      expect(new Set(sent.map((row) => row.id)).size).toBe(1);
    }
    expect((await getThread(world.admin, rosa.conversationId)).last_seq).toBe(10);
    await invariants(world);
  });

  it("of 20 who claim one ticket one wins, and each of the others is told who (F27)", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => claimTicket(i % 2 ? world.agent : world.admin, id)),
    );
    const after = await ticketOf(world, rosa.conversationId);
    const winner = after.assignee?.id;
    for (const [i, result] of results.entries()) {
      const mine = world.memberId(i % 2 ? world.agent : world.admin) === winner;
      if (mine) expect(result.status).toBe("fulfilled");
      else expect(result).toMatchObject({ reason: { code: "already_claimed", data: { assignee: { id: winner } } } });
    }
    const claims = await rows(sql`select 1 from ticket_event where ticket_id = ${id} and kind = 'claimed'`);
    expect(claims).toHaveLength(1);
  });

  it("closing, replying, writing and reopening at once keep every invariant (F27)", async () => {
    const world = await makeWorld({ bot: true });
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    const attempts = Array.from({ length: 40 }, (_, i) => {
      if (i % 4 === 0) return updateTicket(world.admin, id, { state: "closed" });
      if (i % 4 === 1) return rosa.writes(`cliente ${i}`);
      if (i % 4 === 2) return memberWrites(world.admin, rosa.conversationId, `agente ${i}`);
      return updateTicket(world.admin, id, { state: "open" });
    });
    const results = await Promise.allSettled(attempts);
    const faults = results.flatMap((r) => (r.status === "rejected" && !r.reason.expected ? [r.reason] : []));
    expect(faults).toEqual([]);
    await invariants(world);
  });

  it("two first messages to the organisation of one account open one conversation", async () => {
    const world = await makeWorld();
    const account = await makeAccount("Diego");
    const { openAccountConversation } = await import("../inbound/open-customer-conversation.server");
    const ids = await Promise.all(Array.from({ length: 8 }, () => openAccountConversation(account, world.handle)));
    expect(new Set(ids).size).toBe(1);
  });

  it("of two agents who claim one ticket at once, 500 times, one wins and the other is told who (R12, F27)", {
    timeout: 120_000,
  }, async () => {
    const { world, tickets } = await queueOf(50);
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        tickets.map(async ({ id }) => {
          const both = [world.agent, world.admin];
          const results = await Promise.allSettled(both.map((actor) => claimTicket(actor, id)));
          const won = results.flatMap((result, i) => (result.status === "fulfilled" && both[i] ? [both[i]] : []));
          const [winner] = won;
          expect(won).toHaveLength(1);
          expect(results.find(({ status }) => status === "rejected")).toMatchObject({
            reason: { code: "already_claimed", data: { assignee: { id: winner && world.memberId(winner) } } },
          });
        }),
      );
      // Everything goes back for the next round.
      await rows(sql`update ticket set assignee_id = null, assigned_at = null, queued_at = waiting_since
        where org_id = ${world.orgId}`);
    }
    await invariants(world);
  });

  it("of two replies that saw the same, 500 times, one is sent and the other is shown it first (R15, F27)", {
    timeout: 120_000,
  }, async () => {
    const { world, tickets } = await queueOf(50);
    let seen = 1;
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        tickets.map(async ({ conversationId }) => {
          const results = await Promise.allSettled(
            [world.agent, world.admin].map((actor) =>
              memberWrites(actor, conversationId, `ronda ${round}`, { basedOnSeq: seen }),
            ),
          );
          const sent = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.id] : []));
          expect(sent).toHaveLength(1);
          expect(results.find(({ status }) => status === "rejected")).toMatchObject({
            reason: { code: "unseen_messages", data: { messages: [{ id: sent[0] }] } },
          });
        }),
      );
      seen++;
    }
    await invariants(world);
  });
});

/** As many tickets in one area's queue, each of a customer of its own. */
async function queueOf(count: number) {
  const world = await makeWorld();
  const customers = await Promise.all(Array.from({ length: count }, (_, i) => makeCustomer(world, `c${i}`)));
  await Promise.all(customers.map((customer) => customer.writes("hola")));
  const tickets = await rows<{ id: string; conversationId: string }>(
    sql`select id, conversation_id as "conversationId" from ticket where org_id = ${world.orgId}`,
  );
  return { world, tickets };
}
