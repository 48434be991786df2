import { eq, sql } from "drizzle-orm";
import type { AccountActor, Actor } from "~/modules/accounts";
import type { SeenTicket, Ticket } from "~/modules/tickets";
import { requireMembership, runSteps, type TicketContext, type TicketStep } from "~/modules/tickets/index.server";
import { inScope } from "~/platform/db.server";
import { AppError, invalid } from "~/platform/errors";
import { schema } from "~db/index.server";
import type { BulkResult } from "../bulk/bulk-patch";
import { forEachTicket, inverseOf } from "../bulk/change-tickets.server";
import { fillVariables, firstNameOf, splitVariables, type VariableValues } from "../replies/fill-variables";
import { snoozeTimes } from "../ui/snooze-times";
import type { MacroStep } from "./macro-step";
import { findMacro, stepsOf } from "./macros-of.server";

/**
 * Does what a macro says with one ticket: all of it, or nothing. Texts get their values from the ticket as it is then.
 * @throws AppError 404 for a macro or ticket that is not the member's to use; as `runSteps`, with `data.step` of the step that
 *   was refused; `variable_empty` (422) where a text names what this ticket does not have
 */
export async function runMacro(
  actor: Actor,
  orgId: string,
  macroId: string,
  ticketId: string,
  seen: SeenTicket = {},
): Promise<{ before: Ticket; after: Ticket }> {
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:write");
  const steps = await inScope({ orgId }, async (tx) => stepsOf(await findMacro(tx, membership, macroId)));
  if (steps.length === 0) throw invalid("steps_invalid", { step: 0 });
  return runSteps(
    actor,
    { orgId, ticketId },
    async (ctx, ticket) => {
      const { macro } = schema;
      await ctx.tx
        .update(macro)
        .set({ used: sql`${macro.used} + 1` })
        .where(eq(macro.id, macroId));
      return planOf(ctx, account, orgId, ticket, steps);
    },
    seen,
  );
}

/**
 * The same with many tickets, each by itself; those with which it could not be done stay as they were and are named.
 * @throws AppError as `changeTickets`; 404 for a macro that is not the member's to use
 */
export async function runMacroOn(
  actor: Actor,
  orgId: string,
  macroId: string,
  ticketIds: readonly string[],
  seen: SeenTicket = {},
): Promise<BulkResult> {
  const { membership } = requireMembership(actor, orgId, "tickets:write");
  await inScope({ orgId }, (tx) => findMacro(tx, membership, macroId));
  return forEachTicket(actor, orgId, [...new Set(ticketIds)], async (id) => {
    const { before, after } = await runMacro(actor, orgId, macroId, id, seen);
    return { id, number: after.number, version: after.version, undo: inverseOf(before, after) };
  });
}

async function planOf(
  ctx: TicketContext,
  account: AccountActor,
  orgId: string,
  ticket: Ticket,
  steps: readonly MacroStep[],
): Promise<TicketStep[]> {
  const { organisation } = schema;
  const [here] = await ctx.tx
    .select({ name: organisation.name, timeZone: organisation.timeZone })
    .from(organisation)
    .where(eq(organisation.id, orgId));
  if (!here) throw new Error("a ticket's organisation is not there");
  const values: VariableValues = {
    "contact.name": ticket.contact.name,
    "contact.first_name": firstNameOf(ticket.contact.name),
    "agent.name": account.name,
    "ticket.number": String(ticket.number),
    "organisation.name": here.name,
    "area.name": ticket.area.name,
  };
  const desk = { values, now: ctx.now, timeZone: here.timeZone };
  return steps.map((step, at) => toTicketStep(step, at + 1, desk));
}

type Desk = { values: VariableValues; now: Date; timeZone: string };

function toTicketStep(step: MacroStep, at: number, { values, now, timeZone }: Desk): TicketStep {
  switch (step.do) {
    case "reply":
    case "note":
      // Nobody reads it over before it goes.
      if (splitVariables(step.text, values).some(({ kind }) => kind === "unknown"))
        throw new AppError("variable_empty", 422, { data: { step: at } });
      return { kind: step.do, text: fillVariables(step.text, values) };
    case "add_tags":
      return { kind: "tag", add: step.tags };
    case "remove_tags":
      return { kind: "tag", remove: step.tags };
    case "priority":
      return { kind: "change", patch: { priority: step.priority } };
    case "take":
      return { kind: "take" };
    case "assign":
      return { kind: "change", patch: { assigneeId: step.member_id } };
    case "return":
      return { kind: "change", patch: { assigneeId: null } };
    case "transfer":
      return { kind: "change", patch: { areaId: step.area_id } };
    case "snooze": {
      const time = snoozeTimes(now, timeZone).find(({ name }) => name === step.until);
      return { kind: "change", patch: { snoozedUntil: time?.at } };
    }
    case "close":
      return { kind: "change", patch: { state: "closed", reason: step.reason, askRating: step.ask_rating } };
  }
}
