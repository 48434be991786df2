import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import type { PoolClient } from "pg";
import { schema } from "~db/index.server";
import { readersOf } from "../collaboration/readers-of.server";

/** A sender's key whose first use is looked for; without `memberId` as the conversation's customer. */
export type Key = { conversationId: string; clientId: string; memberId: string | null };

/** Statements stay prepared on their connection: building and planning them costs more than running them. */
function prepare(client: PoolClient) {
  const { organisation, conversation, identity, contact, channel, ticket, area, member, account, message } = schema;
  const db = drizzle(client, { schema });
  const newest = db
    .select({ id: ticket.id })
    .from(ticket)
    .where(eq(ticket.conversationId, conversation.id))
    .orderBy(desc(ticket.openedAt), desc(ticket.id))
    .limit(1);
  const used = sql<string[]>`array(select key.client::text
    from unnest(${sql.placeholder("ofs")}::uuid[], ${sql.placeholder("clients")}::uuid[], ${sql.placeholder("members")}::uuid[]) as key(conversation, client, member)
    join ${message} m on m.client_id = key.client and m.author_id = coalesce(key.member, ${contact.id})
      and m.author_kind = case when key.member is null then 'contact' else 'member' end
    where key.conversation = ${conversation.id})`;
  return db
    .select({
      conversation,
      contact,
      channel,
      ticket,
      area,
      assigneeName: account.name,
      readers: readersOf(ticket.id),
      customerAccountId: identity.accountId,
      used,
      stamp: {
        conversation: sql<string>`${conversation}.xmin::text`,
        ticket: sql<string>`${ticket}.xmin::text`,
        around: sql<string>`concat_ws('.', ${organisation}.xmin, ${identity}.xmin, ${contact}.xmin, ${channel}.xmin, ${area}.xmin)`,
      },
    })
    .from(conversation)
    .innerJoin(organisation, and(eq(organisation.id, conversation.orgId), isNull(organisation.suspendedAt)))
    .innerJoin(identity, eq(identity.id, conversation.identityId))
    .innerJoin(contact, eq(contact.id, identity.contactId))
    .innerJoin(channel, eq(channel.id, identity.channelId))
    .innerJoin(ticket, eq(ticket.id, sql`(${newest})`))
    .innerJoin(area, eq(area.id, ticket.areaId))
    .leftJoin(member, eq(member.id, ticket.assigneeId))
    .leftJoin(account, eq(account.id, member.accountId))
    .where(sql`${conversation.id} = any(${sql.placeholder("ids")}::uuid[])`)
    .prepare("append_desks");
}

type Statement = ReturnType<typeof prepare>;
/** With when it was read, by `performance.now()`. */
export type Desk = Awaited<ReturnType<Statement["execute"]>>[number] & { loadedAt: number };

const prepared = new WeakMap<PoolClient, Statement>();

/**
 * What stands at each of these conversations, locked by the caller, by its id, in one query; one without a ticket, or of
 * a suspended organisation, is not there. `used` are the keys that have a message already; `stamp` tells by which
 * transactions the rows were last written (PostgreSQL's xmin), so that a later look can tell whether they still stand.
 */
export async function loadDesks(client: PoolClient, ids: string[], keys: readonly Key[]): Promise<Map<string, Desk>> {
  const statement = prepared.get(client) ?? prepare(client);
  prepared.set(client, statement);
  const rows = await statement.execute({
    ids,
    ofs: keys.map((key) => key.conversationId),
    clients: keys.map((key) => key.clientId),
    members: keys.map((key) => key.memberId),
  });
  const loadedAt = performance.now();
  return new Map(rows.map((row) => [row.conversation.id, { ...row, loadedAt }]));
}
