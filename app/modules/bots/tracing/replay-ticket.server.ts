import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { type Actor, membershipIn } from "~/modules/accounts";
import type { MessageRow } from "~/modules/messaging/index.server";
import { visibleTo } from "~/modules/tickets/index.server";
import { notFound } from "~/platform/errors";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { compileDraft } from "../compile/compile-draft.server";
import { findFlow } from "../editing/find-flow.server";
import { strictDraft } from "../editing/publish-draft.server";
import { contactVariables } from "../running/advance-run.server";
import { answerOf } from "../running/answer-of";
import { newSituation, type Situation } from "../simulator/situation";
import { type RealTurn, type ReplayedTurn, replay } from "./replay";

const MOST_MESSAGES = 200;

const { channel, contact, message, organisation, ticket } = schema;

export type Replayed = { ticket: { id: string; number: number; contact: string }; turns: ReplayedTurn[] };

/** A ticket by its number, as far as the reader sees it. @throws AppError `not_found` */
async function findSeen(ctx: Context<Actor>, orgId: string, number: number) {
  const membership = membershipIn(ctx.actor, orgId);
  if (!membership || !Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) throw notFound("ticket");
  const [row] = await ctx.tx
    .select({ ticket, channel, contact, organisation })
    .from(ticket)
    .innerJoin(channel, eq(channel.id, ticket.channelId))
    .innerJoin(contact, eq(contact.id, ticket.contactId))
    .innerJoin(organisation, eq(organisation.id, ticket.orgId))
    .where(and(eq(ticket.orgId, orgId), eq(ticket.number, number), await visibleTo(ctx.tx, membership)));
  if (!row) throw notFound("ticket");
  return row;
}

/** What the customer wrote in a ticket and what its bot said to it; over the first word of a person nothing is compared. */
async function turnsOf(ctx: Pick<Context, "tx">, ticketId: string): Promise<RealTurn[]> {
  const rows: MessageRow[] = await ctx.tx
    .select()
    .from(message)
    .where(
      and(
        eq(message.ticketId, ticketId),
        eq(message.visibility, "public"),
        inArray(message.authorKind, ["contact", "bot", "member"]),
        isNull(message.deletedAt),
      ),
    )
    .orderBy(asc(message.seq))
    .limit(MOST_MESSAGES);
  const taken = rows.findIndex(({ authorKind }) => authorKind === "member");
  const turns: RealTurn[] = [];
  for (const row of taken < 0 ? rows : rows.slice(0, taken)) {
    const last = turns.at(-1);
    if (row.authorKind === "contact")
      turns.push({ at: row.createdAt.toISOString(), words: row.text ?? "", answer: answerOf(row), said: [] });
    else if (last) last.said.push(row.text ?? "");
  }
  // What was written after the bot's last word was for people.
  return turns.slice(0, turns.findLastIndex(({ said }) => said.length > 0) + 1);
}

type Seen = Awaited<ReturnType<typeof findSeen>>;

const situationOf = (seen: Seen): Situation => ({
  ...newSituation(seen.channel.kind, seen.ticket.openedAt.toISOString()),
  returning: seen.ticket.reopenCount > 0,
  contact: contactVariables(seen.contact),
  org: { name: seen.organisation.name, handle: seen.organisation.handle },
  timeZone: seen.organisation.timeZone,
  region: seen.organisation.region,
});

/**
 * What the draft of a flow would say to what a customer really wrote in a ticket, beside what the bot said then. The contact
 * is taken as it is now.
 * @throws AppError `not_found` (the flow, or a ticket that is not the reader's to see), `forbidden`; 422
 *   `flow_has_problems` while the draft is incomplete
 */
export const replayTicket = (actor: Actor, orgId: string, flowId: string, number: number): Promise<Replayed> =>
  transact(actor, { orgId }, async (ctx) => {
    const row = await findFlow(ctx, orgId, flowId);
    const flow = await compileDraft(ctx, row, strictDraft(row.draft));
    const seen = await findSeen(ctx, orgId, number);
    const turns = replay(flow, situationOf(seen), await turnsOf(ctx, seen.ticket.id));
    return { ticket: { id: seen.ticket.id, number: seen.ticket.number, contact: seen.contact.name }, turns };
  });
