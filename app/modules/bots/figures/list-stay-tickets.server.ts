import { and, desc, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import { type Actor, membershipIn } from "~/modules/accounts";
import { visibleTo } from "~/modules/tickets/index.server";
import { notFound } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { TicketState } from "~db/schema/tickets";
import { findFlow, findVersion } from "../editing/find-flow.server";
import { FIGURE_DAYS } from "./read-figures.server";

/** More of them nobody reads. */
const MOST_LISTED = 100;
/** The newest stays among which they are looked for. */
const MOST_LOOKED_AT = 100_000;

export type StayTicket = { id: string; number: number; contact: string; state: TicketState; at: string };

/** What is asked for: an exit, those who stayed away (`dropped`), what failed, or every stay. */
export type StaysAsked = { node: string; exit?: string; only?: "dropped" | "failed" };

const { contact, flowPassage, ticket } = schema;

/** Looked up stay by stay, so that those of all times are not gone through. */
const hasEnded = sql`(select r.status from flow_run r where r.id = ${flowPassage.runId}) = 'ended'`;

function isAsked({ exit, only }: StaysAsked) {
  if (only === "failed") return eq(flowPassage.failed, true);
  if (only === "dropped")
    return sql`(${flowPassage.exit} = 'no_answer' or (${isNull(flowPassage.leftAt)} and ${hasEnded}))`;
  return exit === undefined ? undefined : eq(flowPassage.exit, exit);
}

/**
 * The tickets whose bot was at a node, the newest first: at most 100, and only what the reader sees.
 * @throws AppError `not_found`, `forbidden`
 */
export const listStayTickets = (
  actor: Actor,
  orgId: string,
  flowId: string,
  input: StaysAsked & { versionId: string; days?: number },
): Promise<StayTicket[]> =>
  transact(actor, { orgId }, async (ctx) => {
    const { id: versionId } = await findVersion(ctx, await findFlow(ctx, orgId, flowId), input.versionId);
    const membership = membershipIn(actor, orgId);
    if (!membership) throw notFound("organisation");
    const since = new Date(ctx.now.getTime() - (input.days ?? FIGURE_DAYS) * 24 * 3_600_000);
    const recent = ctx.tx
      .select()
      .from(flowPassage)
      .where(and(eq(flowPassage.flowVersionId, versionId), gte(flowPassage.enteredAt, since)))
      .orderBy(desc(flowPassage.enteredAt))
      .limit(MOST_LOOKED_AT)
      .as("flow_passage");
    const at = sql<string>`max(${flowPassage.enteredAt})`;
    const rows = await ctx.tx
      .select({ id: ticket.id, number: ticket.number, contactId: ticket.contactId, state: ticket.state, at })
      .from(recent)
      .innerJoin(ticket, eq(ticket.id, recent.ticketId))
      .where(and(eq(recent.node, input.node), isAsked(input), await visibleTo(ctx.tx, membership)))
      .groupBy(ticket.id)
      .orderBy(desc(at))
      .limit(MOST_LISTED);
    const named = await ctx.tx
      .select({ id: contact.id, name: contact.name })
      .from(contact)
      .where(
        inArray(
          contact.id,
          rows.map(({ contactId }) => contactId),
        ),
      );
    const names = new Map(named.map(({ id, name }) => [id, name]));
    return rows.map(({ contactId, at: last, ...row }) => ({
      ...row,
      ...{ contact: names.get(contactId) ?? "", at: new Date(last).toISOString() },
    }));
  });
