import type { Actor, Membership } from "~/modules/accounts";
import { allows, membershipIn } from "~/modules/accounts";
import { type Capability, capability } from "~/modules/channels";
import type { AuthorKind, Delivery, Visibility } from "~db/schema/messaging";
import { type PolicyArea, ticketRights } from "../policy";
import { type TicketTurn, turnAfterCustomer, turnAfterReply } from "../turn";

type AppendTicket = Parameters<typeof ticketRights>[1] & TicketTurn & { skipMemberIds: readonly string[] };

/** What stands in a conversation when a message is about to join it, as far as the decision needs it. */
export type AppendSituation = {
  now: Date;
  conversation: { id: string; orgId: string | null; lastSeq: number; lastInboundAt: Date | null };
  channel: { kind: Parameters<typeof capability>[0]["kind"]; connected: boolean; disabled: boolean; carried: boolean };
  contact: { id: string; name: string; blocked: boolean };
  customerAccountId: string | null;
  /** The newest ticket; null before the first. */
  ticket: AppendTicket | null;
  area: PolicyArea | null;
};

export type AppendInput = { text: string; replyTo?: string | null; basedOnSeq?: number | null; visibility: Visibility };

export type AppendDecision = {
  author: { kind: AuthorKind; id: string; name: string };
  delivery: Delivery | null;
  /** What the ticket becomes; null for a note, which changes nothing of it. */
  turn: TicketTurn | null;
  inbound: boolean;
};

const WRITABLE: ReadonlySet<Capability["mode"]> = new Set(["free", "human_tag"]);

/**
 * Whether a message simply joins an open ticket whose place in the rules does not change hands: the customer writes to
 * people, the one who has the ticket answers inside the app, or somebody leaves a note. Null for everything else, whose
 * way is `receiveCustomerMessage` and `replyToCustomer`; so that null is never a refusal.
 */
export function decideAppend(actor: Actor, at: AppendSituation, input: AppendInput): AppendDecision | null {
  if (at.ticket?.state !== "open" || !at.area || input.replyTo) return null;
  // A note may call colleagues (R16).
  if (input.visibility === "staff" && input.text.includes("@")) return null;
  if (isCustomerOf(actor, at)) return asCustomer(at, at.ticket, input);
  const membership = membershipIn(actor, at.conversation.orgId);
  if (actor.kind !== "account" || !membership || !allows(actor, "messages:write")) return null;
  return asMember(actor.name, membership, at, at.ticket, at.area, input);
}

function isCustomerOf(actor: Actor, at: AppendSituation): boolean {
  if (actor.kind === "guest")
    return actor.conversationId === at.conversation.id && actor.orgId === at.conversation.orgId;
  return actor.kind === "account" && !actor.token && at.customerAccountId === actor.accountId;
}

function asCustomer(at: AppendSituation, ticket: AppendTicket, input: AppendInput): AppendDecision | null {
  if (at.channel.disabled || at.contact.blocked || input.visibility !== "public") return null;
  // It comes into its queue by this message, and is given to somebody or told of.
  if (ticket.assigneeId === null && (ticket.waitingOn !== "agent" || ticket.snoozedUntil)) return null;
  const author = { kind: "contact", id: at.contact.id, name: at.contact.name } as const;
  return { author, delivery: null, turn: turnAfterCustomer(ticket, at.now), inbound: true };
}

function asMember(
  name: string,
  membership: Membership,
  at: AppendSituation,
  ticket: AppendTicket,
  area: PolicyArea,
  input: AppendInput,
): AppendDecision | null {
  // Whoever a note called goes the long way, which asks who was called.
  const rights = ticketRights(membership, ticket, area, false);
  const author = { kind: "member", id: membership.memberId, name } as const;
  if (input.visibility === "staff") {
    return rights.see && rights.note ? { author, delivery: null, turn: null, inbound: false } : null;
  }
  if (!rights.reply || ticket.assigneeId !== membership.memberId || at.channel.carried) return null;
  // A reply forgets from whom the ticket came back.
  if (ticket.skipMemberIds.length > 0) return null;
  const sawAll = (input.basedOnSeq ?? at.conversation.lastSeq) >= at.conversation.lastSeq;
  return sawAll && mayAnswer(at)
    ? { author, delivery: "sent", turn: turnAfterReply(ticket, at.now), inbound: false }
    : null;
}

function mayAnswer({ channel, contact, conversation, now }: AppendSituation): boolean {
  const { mode } = capability({
    kind: channel.kind,
    lastInboundAt: conversation.lastInboundAt,
    now,
    author: "human",
    blocked: contact.blocked,
    connected: channel.connected,
  });
  return WRITABLE.has(mode);
}
