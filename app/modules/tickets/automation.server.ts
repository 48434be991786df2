import type { ChannelKind } from "~/modules/channels";
import type { ConversationRow, MessageRow } from "~/modules/messaging/index.server";
import type { TicketRow } from "./reading/summarise.server";
import type { TicketContext } from "./ticket-context.server";

/** A published flow that would answer. */
export type FlowStart = { flowVersionId: string };

/**
 * What tickets ask of whoever answers automatically. Tickets stand left of bots and may not import them, yet a bot
 * ticket and its run must be made in one transaction (I3); so the need is declared here and met at start.
 * All are called under the conversation's lock.
 */
export type Automation = {
  /** The flow that starts for this first message, or null when people answer at once. */
  match(
    ctx: TicketContext,
    at: { channel: { id: string; kind: ChannelKind }; text: string; ref: string | null },
  ): Promise<FlowStart | null>;
  /** Begins the run of a ticket that is `bot` and takes the first message; may hand over or close at once. */
  start(
    ctx: TicketContext,
    at: {
      conversation: ConversationRow;
      ticket: TicketRow;
      flow: FlowStart;
      message: MessageRow | null;
      returning: boolean;
    },
  ): Promise<void>;
  /** A customer's message in a ticket that is with the bot. */
  receive(
    ctx: TicketContext,
    at: { conversation: ConversationRow; ticket: TicketRow; message: MessageRow },
  ): Promise<void>;
  /** Ends the live run, so that it says nothing more; returns what it had learnt, as lines for the staff note. */
  end(ctx: TicketContext, ticketId: string, reason: string): Promise<{ answers: string[] }>;
};

let registered: Automation | undefined;

/** Called once by the runtime. */
export function registerAutomation(automation: Automation): void {
  registered = automation;
}

const NONE: Automation = {
  match: async () => null,
  start: async () => {},
  receive: async () => {},
  end: async () => ({ answers: [] }),
};

export const automation = (): Automation => registered ?? NONE;
