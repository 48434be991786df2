import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { allows, membershipIn } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { createGather } from "~/platform/waiting/gather";
import { schema } from "~db/index.server";
import { isCustomer } from "../desk/send-message.server";
import { ticketRights } from "../policy";

/** Askers, each of whom names one conversation or a few hundred. */
const MAX_BATCH = 100;

/** Where one conversation stands (a suspended organisation's is not there), with what decides who may look at it. */
export type Standing = Awaited<ReturnType<typeof readStandings>>[number];

/** How an actor looks at a conversation; a token that lacks the scope is told so. */
export type Sight = "public" | "staff" | "missing_scope" | null;

/**
 * Where these conversations stand now, null for what does not exist. Whoever asks while a query is under way shares the
 * next one: thousands of readers who come back at once cost a few queries. The answer goes to nobody before `sightOf`.
 */
export const standingsOf = (ids: readonly string[]): Promise<(Standing | null)[]> => askTogether("", ids);

const askTogether = createGather<readonly string[], (Standing | null)[]>({
  async run(_, asked) {
    const rows = new Map((await readStandings([...new Set(asked.flat())])).map((row) => [row.id, row]));
    return asked.map((ids) => ids.map((id) => rows.get(id) ?? null));
  },
  maxBatch: MAX_BATCH,
  maxRunning: 1,
});

/** The policy of `accessConversation`, on what stands. */
export function sightOf(actor: Actor, row: Standing): Sight {
  if (isCustomer(actor, row, row.id)) return "public";
  const membership = membershipIn(actor, row.orgId);
  if (!membership) return null;
  if (!allows(actor, "messages:read")) return "missing_scope";
  // As there: without a ticket only admins look.
  const sees =
    row.ticket && row.area ? ticketRights(membership, row.ticket, row.area).see : membership.role === "admin";
  return sees ? "staff" : null;
}

function readStandings(ids: readonly string[]) {
  const { conversation, identity, organisation, ticket, area } = schema;
  return asSystem("where the conversations of readers who come stand", (tx) => {
    const newest = tx
      .select({ id: ticket.id })
      .from(ticket)
      .where(eq(ticket.conversationId, conversation.id))
      .orderBy(desc(ticket.openedAt), desc(ticket.id))
      .limit(1);
    return tx
      .select({
        id: conversation.id,
        orgId: conversation.orgId,
        kind: conversation.kind,
        customerAccountId: identity.accountId,
        rev: conversation.rev,
        publicRev: conversation.publicRev,
        ticket: { state: ticket.state, assigneeId: ticket.assigneeId },
        area: { id: area.id, visibility: area.visibility, replyMode: area.replyMode },
      })
      .from(conversation)
      .leftJoin(identity, eq(identity.id, conversation.identityId))
      .leftJoin(organisation, eq(organisation.id, conversation.orgId))
      .leftJoin(ticket, eq(ticket.id, sql`(${newest})`))
      .leftJoin(area, eq(area.id, ticket.areaId))
      .where(and(sql`${conversation.id} = any(${sql.param(ids)}::uuid[])`, isNull(organisation.suspendedAt)));
  });
}
