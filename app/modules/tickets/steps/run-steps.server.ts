import { v5 } from "uuid";
import type { Actor } from "~/modules/accounts";
import { allows } from "~/modules/accounts";
import { AppError, conflict, forbidden, notFound } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { type LoadedTicket, lockTicket, requireMembership } from "../desk/load-for-member.server";
import { replyToCustomer } from "../desk/reply-to-customer.server";
import { cleanText } from "../desk/send-message.server";
import { patchTicket, shownAfter, type TicketPatch, takeTicket } from "../desk/update-ticket.server";
import { placeOf } from "../places/place-of";
import { organisationOfTicket } from "../reading/locate.server";
import { showTickets } from "../reading/read-tickets.server";
import { type TicketContext, ticketVerb } from "../ticket-context.server";
import type { Ticket } from "../ticket-view";
import type { SeenTicket } from "./seen-ticket";

/** One deed of several that are done with a ticket at once. */
export type TicketStep =
  | { kind: "reply" | "note"; text: string }
  | { kind: "take" }
  | { kind: "tag"; add?: readonly string[]; remove?: readonly string[] }
  | { kind: "change"; patch: Omit<TicketPatch, "version" | "place" | "tags"> };

/**
 * Does several things with one ticket, in order, under its conversation's lock: all of them or none. Each asks for its own
 * right as the ticket stands by then. `plan` makes the steps of the ticket as it is under the lock.
 * @throws AppError the refusal of a step, with `step` (from 1) in its `data`; 404 without sight or in another organisation, `version_conflict`,
 *   `ticket_closed` (409)
 */
export async function runSteps(
  actor: Actor,
  { orgId, ticketId }: { orgId: string; ticketId: string },
  plan: (ctx: TicketContext, ticket: Ticket) => Promise<readonly TicketStep[]>,
  seen: SeenTicket = {},
): Promise<{ before: Ticket; after: Ticket }> {
  if ((await organisationOfTicket(ticketId)) !== orgId) throw notFound("ticket");
  const by = requireMembership(actor, orgId, "tickets:write", "ticket");
  return ticketVerb(actor, { orgId }, async (ctx) => {
    const { ticket, membership } = await lockTicket(ctx, by.membership, ticketId);
    if (seen.place !== undefined && seen.place !== placeOf(ticket.state, ticket.areaId, ticket.assigneeId))
      throw conflict("version_conflict");
    // A reply would open another ticket, of which nobody spoke.
    if (ticket.state === "closed") throw conflict("ticket_closed");
    const [before] = await showTickets(ctx.tx, membership, [ticketId]);
    if (!before) throw new Error("a locked ticket is not there");
    for (const [at, step] of (await plan(ctx, before)).entries()) {
      try {
        const clientId = seen.onceId ? v5(`${ticketId} ${at}`, seen.onceId) : newId();
        await take(ctx, by, await lockTicket(ctx, by.membership, ticketId), step, { ...seen, clientId });
      } catch (error) {
        throw refusalOf(at + 1, error);
      }
    }
    return { before, after: await shownAfter(ctx, membership, ticketId) };
  });
}

type By = ReturnType<typeof requireMembership>;

type Saying = SeenTicket & { clientId: string };

async function take(ctx: TicketContext, by: By, loaded: LoadedTicket, step: TicketStep, seen: Saying) {
  switch (step.kind) {
    case "reply":
    case "note":
      return write(ctx, by, loaded, step, seen);
    case "take":
      if (!loaded.rights.manage) return takeTicket(ctx, by.actor, loaded);
      return patchTicket(ctx, by.actor, loaded, { assigneeId: by.membership.memberId });
    case "tag": {
      const { add = [], remove = [] } = step;
      const kept = loaded.ticket.tags.filter((tag) => !remove.includes(tag));
      const tags = [...new Set([...kept, ...add])];
      // Without a difference there is nothing that anybody would have to be allowed.
      if (tags.join("\n") === loaded.ticket.tags.join("\n")) return;
      return patchTicket(ctx, by.actor, loaded, { tags });
    }
    case "change":
      return patchTicket(ctx, by.actor, loaded, step.patch);
  }
}

async function write(
  ctx: TicketContext,
  by: By,
  { conversation }: LoadedTicket,
  step: { kind: "reply" | "note"; text: string },
  { basedOnSeq, clientId }: Saying,
): Promise<void> {
  // A note goes with a change of a ticket's as well.
  if (step.kind === "reply" && !allows(by.actor, "messages:write")) throw forbidden("missing_scope");
  await replyToCustomer(ctx, by, conversation, {
    kind: "text",
    text: cleanText(step.text),
    visibility: step.kind === "note" ? "staff" : "public",
    clientId,
    basedOnSeq: step.kind === "reply" ? basedOnSeq : null,
  });
}

/** Which step it was, beside what was told of it. */
function refusalOf(step: number, error: unknown): unknown {
  if (!(error instanceof AppError) || !error.expected) return error;
  const { code, status, data, retryable } = error;
  return new AppError(code, status, { data: { ...(data as object | undefined), step }, retryable, cause: error });
}
