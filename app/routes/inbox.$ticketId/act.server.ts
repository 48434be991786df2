import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import {
  claimTicket,
  getTicket,
  openSideThread,
  setTicketFields,
  undoClose,
  updateTicket,
} from "~/modules/tickets/index.server";
import { AppError } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { isUuid } from "~/platform/ids";

const optionalId = z.union([z.uuid(), z.literal("")]).optional();
/** Where the ticket is on the screen. */
const place = z.string().max(200).optional();

const form = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("claim") }),
  z.object({
    intent: z.literal("transfer"),
    area: optionalId,
    assignee: optionalId,
    note: z.string().max(10_000).optional(),
    history: z.enum(["shared", "withheld"]).optional(),
    place,
  }),
  z.object({
    intent: z.literal("close"),
    reason: z.string().trim().max(500).optional(),
    ask_rating: z.literal("on").optional(),
    place,
  }),
  z.object({ intent: z.literal("reopen") }),
  z.object({ intent: z.literal("undo") }),
  z.looseObject({ intent: z.literal("fields") }),
  z.object({ intent: z.literal("ask"), members: z.string().max(2_000) }),
]);

export type TicketIntent = z.infer<typeof form>["intent"];

/** What came of a press: nothing but its name, or the code of what stood in the way and what was told with it. */
export type TicketActionData = {
  intent: TicketIntent | null;
  code: string | null;
  data?: unknown;
  /** It went where this person does not see it. */
  gone?: boolean;
  /** The conversation that it opened. */
  made?: string;
};

/** What an agent does with a ticket by its buttons; each is one verb. */
export async function actOnTicket(request: Request, actor: AccountActor, ticketId: string): Promise<TicketActionData> {
  const parsed = form.safeParse(Object.fromEntries(await formOf(request)));
  if (!parsed.success || !isUuid(ticketId)) return { intent: null, code: "invalid" };
  const input = parsed.data;
  try {
    const made = await carryOut(actor, ticketId, input);
    if (input.intent === "ask") return { intent: input.intent, code: null, made: String(made) };
    return { intent: input.intent, code: null, gone: input.intent === "transfer" && !(await sees(actor, ticketId)) };
  } catch (error) {
    if (!(error instanceof AppError) || !error.expected) throw error;
    return { intent: input.intent, code: error.code, data: error.data };
  }
}

const sees = (actor: AccountActor, ticketId: string) =>
  getTicket(actor, ticketId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.status === 404) return false;
      throw error;
    },
  );

function carryOut(actor: AccountActor, ticketId: string, input: z.infer<typeof form>): Promise<unknown> {
  switch (input.intent) {
    case "claim":
      return claimTicket(actor, ticketId);
    case "close":
      return updateTicket(actor, ticketId, {
        state: "closed",
        reason: input.reason || null,
        askRating: input.ask_rating === "on",
        place: input.place,
      });
    case "reopen":
      return updateTicket(actor, ticketId, { state: "open" });
    case "undo":
      return undoClose(actor, ticketId);
    case "fields":
      return setTicketFields(actor, ticketId, fieldsOf(input));
    case "ask":
      return openSideThread(actor, ticketId, input.members.split(" "));
    case "transfer":
      return updateTicket(actor, ticketId, {
        areaId: input.area || undefined,
        assigneeId: input.assignee || undefined,
        note: input.note,
        shareHistory: input.history && input.history === "shared",
        place: input.place,
      });
  }
}

const FIELD = "field:";

/** The organisation's fields among a form's, by their keys. */
const fieldsOf = (form: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      name.startsWith(FIELD) ? [[name.slice(FIELD.length), value] as const] : [],
    ),
  );
