import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { allows, membershipIn } from "~/modules/accounts";
import { mayEnter, type Part, pairOf, readParts } from "~/modules/chats/index.server";
import { asSystem } from "~/platform/db.server";
import { createGather } from "~/platform/waiting/gather";
import { schema } from "~db/index.server";
import { readersOf } from "../collaboration/readers-of.server";
import { isCustomer } from "../desk/send-message.server";
import { readsFrom, ticketRights } from "../policy";
import type { Need } from "./conversation-access.server";

/** Askers, each of whom names one conversation or a few hundred. */
const MAX_BATCH = 100;

/** Where one conversation stands (a suspended organisation's is not there), with what decides who may look at it. */
export type Standing = Awaited<ReturnType<typeof readStandings>>[number] & {
  /** How the account that asks takes part in this chat. */
  part: Part | null;
};

/** How an actor looks at a conversation; a token that lacks the scope is told so. */
export type Sight = "public" | "staff" | "missing_scope" | null;

/**
 * Where these conversations stand now, null for what does not exist. Whoever asks while a query is under way shares the
 * next one: thousands of readers who come back at once cost a few queries. The answer goes to nobody before `sightOf`.
 */
export const standingsOf = (actor: Actor, ids: readonly string[]): Promise<(Standing | null)[]> =>
  askTogether("", { ids, accountId: actor.kind === "account" ? actor.accountId : null });

type Asker = { ids: readonly string[]; accountId: string | null };

const askTogether = createGather<Asker, (Standing | null)[]>({
  async run(_, asked) {
    const rows = new Map(
      (await readStandings([...new Set(asked.flatMap(({ ids }) => ids))])).map((row) => [row.id, row]),
    );
    const isChat = (id: string) => (rows.get(id)?.kind ?? "customer") !== "customer";
    const pairs = asked.flatMap(({ ids, accountId }) =>
      accountId ? ids.filter(isChat).map((id) => pairOf(id, accountId)) : [],
    );
    const parts = pairs.length > 0 ? await partsOf(pairs) : new Map<string, Part>();
    return asked.map(({ ids, accountId }) =>
      ids.map((id) => {
        const row = rows.get(id);
        return row ? { ...row, part: parts.get(pairOf(id, accountId)) ?? null } : null;
      }),
    );
  },
  maxBatch: MAX_BATCH,
  maxRunning: 1,
});

/** The policy of `accessConversation`, on what stands. */
export function sightOf(actor: Actor, row: Standing, needs: Need = "messages:read"): Sight {
  if (isCustomer(actor, row, row.id)) return "public";
  if (row.kind !== "customer") {
    if (actor.kind !== "account" || !row.part || !mayEnter(actor, row)) return null;
    return allows(actor, needs) ? "public" : "missing_scope";
  }
  const membership = membershipIn(actor, row.orgId);
  if (!membership) return null;
  if (!allows(actor, needs)) return "missing_scope";
  // As there: without a ticket only admins look.
  const sees =
    row.ticket && row.area
      ? ticketRights(membership, row.ticket, row.area, row.readers.includes(membership.memberId)).see
      : membership.role === "admin";
  return sees ? "staff" : null;
}

/** From which number on an actor who sees it reads the conversation: see `readsFrom`. */
export function sightFrom(actor: Actor, row: Standing, needs?: Need): number {
  const membership = membershipIn(actor, row.orgId);
  return sightOf(actor, row, needs) === "staff" && membership ? readsFrom(membership, row.ticket) : 0;
}

const partsOf = (pairs: readonly string[]) =>
  asSystem("who takes part in the chats of readers who come", (tx) => readParts(tx, pairs));

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
        ticket: { state: ticket.state, assigneeId: ticket.assigneeId, historyFromSeq: ticket.historyFromSeq },
        readers: readersOf(ticket.id),
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
