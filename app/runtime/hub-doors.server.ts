import type { Actor } from "~/modules/accounts";
import { guestsTopic } from "~/modules/accounts/events";
import { actorOfCookie, actorOfToken, noteActivity, refreshActors } from "~/modules/accounts/index.server";
import { noteSeen } from "~/modules/chats/index.server";
import { guestOfCookie, guestOfToken, isGuestToken, livingGuests } from "~/modules/contacts/index.server";
import { conversationName, ticketsName, topics } from "~/modules/messaging";
import type { HubDoors, Moved, Principal, Refreshed } from "~/modules/realtime/index.server";
import {
  changeText,
  currentCursor,
  feedCursor,
  joinTopic,
  listHeads,
  type MovedConversation,
  type MovedTicket,
  markRead,
  movedSince,
  react,
  sendMessage,
  takeBack,
} from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import type { Delivery } from "~/platform/events";

/** What the hub may ask of the product; each answer comes from the verb or query that pages and API use. */
export const hubDoors: HubDoors = {
  async authenticate({ cookie, token, guestOf }) {
    const actor = token ? await actorByToken(token) : await actorByCookie(cookie, guestOf);
    return actor && principalOf(actor);
  },

  join: (actor, topic) => joinTopic(actor, topic),

  async send(actor, frame) {
    noteActivity(actor);
    const sent = await sendMessage(actor, {
      conversationId: frame.conversation,
      clientId: frame.ref,
      text: frame.text,
      visibility: frame.visibility,
      replyTo: frame.reply_to ?? null,
      basedOnSeq: frame.based_on_seq ?? null,
      attachments: frame.attachments,
    });
    return { message: ackOf(sent.row), dedup: sent.dedup };
  },

  async edit(actor, { message, text }) {
    noteActivity(actor);
    return { message: ackOf(await changeText(actor, message, text)) };
  },

  async remove(actor, { message }) {
    return { message: ackOf(await takeBack(actor, message)) };
  },

  async react(actor, { message, emoji, on }) {
    noteActivity(actor);
    return { message: ackOf(await react(actor, message, emoji, on)) };
  },

  async read(actor, conversation, seq) {
    noteActivity(actor);
    await markRead(actor, conversation, seq);
  },

  typing: (actor, conversation, joined) =>
    joined.includes(topics.conversationClosed(conversation))
      ? []
      : joined.flatMap((topic) => typingFrames(actor, conversation, topic)),

  viewed: conversationOfStaffTopic,

  viewer: (actor) => (actor.kind === "account" && !actor.token ? { id: actor.accountId, name: actor.name } : null),

  watched(topic) {
    const [, account] = /^on:(.*)$/.exec(topic) ?? [];
    return account && topic === topics.online(account) ? { account, topic: topics.account(account) } : null;
  },

  beacon: (actor) => (actor.kind === "account" && !actor.token ? topics.online(actor.accountId) : null),

  seen: (accountIds) => noteSeen(accountIds),

  async resume(actor, request) {
    const heads = await listHeads(actor, Object.keys(request.conversations));
    return { heads, feed: await feedCursor() };
  },

  async refresh(principals) {
    const accounts = principals.flatMap((p) => (p.actor.kind === "account" ? [p.actor] : []));
    const now = await refreshActors(accounts);
    const byActor = new Map(accounts.map((actor, place) => [actor, now[place] ?? null]));
    const guests = await livingGuests(principals.flatMap((p) => (p.actor.kind === "guest" ? [p.actor.guestId] : [])));
    return principals.map((principal): Refreshed => {
      if (principal.actor.kind === "guest") return guests.has(principal.actor.guestId) ? principal : "signed_out";
      if (principal.actor.kind !== "account") return principal;
      const actor = byActor.get(principal.actor);
      return actor ? principalOf(actor) : "signed_out";
    });
  },

  movedSince: (cursor) =>
    asSystem("what moved, for the sockets of this process", async (tx) => {
      if (cursor === null) return { cursor: await currentCursor(tx), moved: [] };
      const { cursor: reached, conversations, tickets } = await movedSince(tx, cursor);
      return { cursor: reached, moved: [...conversations.flatMap(movedConversation), ...tickets.flatMap(movedTicket)] };
    }),
};

/** Colleagues see one another at a conversation; its customer sees nothing of it. */
function conversationOfStaffTopic(topic: string): string | null {
  const [, id] = /^c:(.*):s$/.exec(topic) ?? [];
  return id && topic === topics.conversationStaff(id) ? conversationName(id) : null;
}

const ackOf = ({ id, seq, createdAt }: { id: string; seq: number; createdAt: Date }) => ({
  id,
  seq,
  created_at: createdAt.toISOString(),
});

function movedConversation(row: MovedConversation): Moved[] {
  const as = conversationName(row.conversationId);
  const staff = { topic: topics.conversationStaff(row.conversationId), as, rev: row.rev ?? 0 };
  const shown = { topic: topics.conversationPublic(row.conversationId), as, rev: row.publicRev ?? 0 };
  return [...(row.rev === null ? [] : [staff]), ...(row.publicRev === null ? [] : [shown])];
}

function movedTicket({ orgId, areaId, assigneeId, cursor }: MovedTicket): Moved[] {
  const heard = { as: ticketsName(orgId), rev: cursor };
  const lists = [topics.area(orgId, areaId), ...(assigneeId ? [topics.member(orgId, assigneeId)] : [])];
  return lists.map((topic) => ({ ...heard, topic }));
}

const actorByToken = (token: string): Promise<Actor | null> =>
  isGuestToken(token) ? guestOfToken(token) : actorOfToken(token);

async function actorByCookie(cookie: string | null, guestOf: string | null): Promise<Actor | null> {
  return guestOf ? guestOfCookie(cookie, guestOf) : actorOfCookie(cookie);
}

function principalOf(actor: Actor): Principal | null {
  if (actor.kind === "guest") {
    return {
      actor,
      sessionId: null,
      account: { kind: "guest", id: actor.contactId, name: actor.name },
      conversationId: actor.conversationId,
      key: `guest:${actor.guestId}`,
      personalTopics: [guestsTopic(actor.orgId)],
      rights: actor.conversationId,
    };
  }
  if (actor.kind !== "account") return null;
  return {
    actor,
    sessionId: actor.sessionId,
    account: { kind: "account", id: actor.accountId, name: actor.name },
    key: actor.token ? `token:${actor.token.id}` : `account:${actor.accountId}`,
    personalTopics: [topics.account(actor.accountId)],
    rights: JSON.stringify([actor.memberships, actor.token?.scopes]),
  };
}

/** Who types is the customer's or a colleague's name; the customer only learns that somebody of the organisation does. */
function typingFrames(actor: Actor, conversation: string, joined: string): Delivery[] {
  noteActivity(actor);
  const as = conversationName(conversation);
  const frame = (topic: string, who: unknown): Delivery => ({
    topic,
    as,
    event: "typing",
    data: { conversation, who },
  });
  const staff = topics.conversationStaff(conversation);
  const shown = topics.conversationPublic(conversation);
  if (actor.kind === "guest") return [frame(staff, { kind: "contact", id: actor.contactId, name: actor.name })];
  if (actor.kind !== "account") return [];
  if (joined === staff) {
    const colleague = { kind: "account", id: actor.accountId, name: actor.name };
    return [frame(staff, colleague), frame(shown, { kind: "organisation", id: null, name: "" })];
  }
  if (joined !== shown) return [];
  // A customer's own devices, or those who take part in the chat; each leaves its own typing out.
  const account = { kind: "account", id: actor.accountId, name: actor.name };
  return [frame(staff, { kind: "contact", id: actor.accountId, name: actor.name }), frame(shown, account)];
}
