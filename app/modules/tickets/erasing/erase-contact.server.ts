import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { SYSTEM } from "~/modules/accounts";
import { lockConversation } from "~/modules/messaging/index.server";
import { asSystem, type Tx } from "~/platform/db.server";
import { defineJob } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import { closeTicket } from "../desk/close-ticket.server";
import { findLiveTicket } from "../reading/find-tickets.server";
import { ticketVerb, type Who } from "../ticket-context.server";
import { DOORS, type ErasedPerson, STEPS, type Steps } from "./erasing-steps.server";
import { proofDigest } from "./erasure-proof.server";

const { erasure } = schema;

/**
 * Deletes a person's data, so many rows a transaction. It may run any number of times: each step looks for what is still there,
 * and the counts are of what was found.
 */
export const eraseContact = defineJob({
  name: "contacts.erase",
  lane: "report",
  maxAttempts: 10,
  payload: z.strictObject({ erasureId: z.uuid() }),
  async run({ erasureId }, { signal }) {
    const [row] = await asSystem("what is to be erased", (tx) =>
      tx.select().from(erasure).where(eq(erasure.id, erasureId)),
    );
    if (!row || row.doneAt) return;
    const person = await findPerson(row.orgId, row.contactId);
    const takeAll = async (steps: Steps) => {
      for (const [kind, step] of steps) {
        for (let n = 1; n > 0 && !signal.aborted; ) n = await oneBatch(erasureId, kind, (tx) => step(tx, person));
        signal.throwIfAborted();
      }
    };
    // Once nobody comes in any more, no ticket opens after these have ended.
    await takeAll(DOORS);
    await endTickets(person, { kind: "member", id: row.byMemberId, name: row.byName });
    await takeAll(STEPS);
    await finish(erasureId);
  },
});

/** A batch and its count in one transaction, so that what is said is what was done. */
function oneBatch(erasureId: string, kind: string, step: (tx: Tx) => Promise<number>): Promise<number> {
  return asSystem("delete a person's data", async (tx) => {
    // Of two runs one goes on after the other.
    await tx.execute(sql`select from erasure where id = ${erasureId} for update`);
    const n = await step(tx);
    if (n > 0) {
      await tx.execute(sql`update erasure set removed = jsonb_set(coalesce(removed, '{}'), array[${kind}]::text[],
        to_jsonb(coalesce((removed ->> ${kind})::int, 0) + ${n}::int)) where id = ${erasureId}`);
    }
    return n;
  });
}

/** The contact, those that became part of it, and what they wrote by. */
function findPerson(orgId: string, contactId: string): Promise<ErasedPerson> {
  return asSystem("what is to be erased", async (tx) => {
    const { rows: contacts } = await tx.execute<{
      id: string;
      name: string;
      phone: string | null;
      email: string | null;
    }>(sql`
      with recursive person as (
        select id from contact where id = ${contactId} and org_id = ${orgId}
        union select c.id from contact c join person p on c.merged_into = p.id)
      select c.id, c.name, c.phone, c.email from contact c join person using (id)`);
    const contactIds = contacts.map(({ id }) => id);
    const { rows: identities } = await tx.execute<{
      id: string;
      conversation: string | null;
      account: string | null;
    }>(sql`
      select i.id, c.id as conversation, i.account_id as account from identity i left join conversation c on c.identity_id = i.id
      where i.contact_id = any(${sql.param(contactIds)}::uuid[])`);
    const identityIds = identities.map(({ id }) => id);
    const { rows: addresses } = await tx.execute<{ raw: string }>(sql`
      select raw from identity_address where identity_id = any(${sql.param(identityIds)}::uuid[])`);
    const known = contacts.flatMap(({ phone, email }) => [phone?.replace("+", ""), email]);
    const long = (word: string | null | undefined): word is string => typeof word === "string" && word.length >= 5;
    const told = [...new Set([...addresses.map(({ raw }) => raw), ...known])].filter(long);
    return {
      orgId,
      contactIds,
      identityIds,
      conversationIds: identities.flatMap(({ conversation }) => conversation ?? []),
      addresses: told,
      words: [...new Set([...told, ...contacts.map(({ name }) => name).filter(long)])],
    };
  });
}

/** What still lives ends, by whoever asked for the deletion, so that no bot and nobody goes on writing there. */
async function endTickets({ orgId, conversationIds }: ErasedPerson, by: Who): Promise<void> {
  for (const id of conversationIds) {
    await ticketVerb(SYSTEM, { orgId }, async (ctx) => {
      const conversation = await lockConversation(ctx, id);
      const live = conversation && (await findLiveTicket(ctx, id));
      if (live) await closeTicket(ctx, conversation, live, { by, reason: "erased" });
    });
  }
}

function finish(erasureId: string): Promise<void> {
  return asSystem("a person's data are deleted", async (tx, now) => {
    const [row] = await tx.select().from(erasure).where(eq(erasure.id, erasureId)).for("update");
    if (!row || row.doneAt) return;
    const removed = row.removed ?? {};
    const { id, orgId, contactId, requestedAt } = row;
    const proof = proofDigest({ id, orgId, contactId, requestedAt, doneAt: now, removed });
    await tx.update(erasure).set({ doneAt: now, removed, proof }).where(eq(erasure.id, erasureId));
  });
}
