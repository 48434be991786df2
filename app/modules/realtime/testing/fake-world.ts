import { randomUUID } from "node:crypto";
import type { Actor } from "~/modules/accounts";
import { AppError, conflict, forbidden, notFound } from "~/platform/errors";
import type { EmittedEvent } from "~/platform/events";
import type { HubDoors, Moved, Principal, Refreshed } from "../doors";

type Conversation = {
  rev: number;
  seq: number;
  readers: Set<string>;
  sent: Map<string, { id: string; seq: number; created_at: string }>;
};

const idOf = (actor: Actor): string =>
  actor.kind === "account" ? actor.accountId : actor.kind === "guest" ? actor.guestId : "system";

/** A product small enough for tests of the hub: people, conversations with readers, and a log of changes. */
export function fakeWorld() {
  const people = new Map<string, Principal>();
  const gone = new Map<string, Refreshed>();
  const conversations = new Map<string, Conversation>();
  const log: Moved[] = [];
  const calls = { authenticate: 0, join: 0, send: 0, movedSince: 0, refresh: 0 };
  const seen: string[][] = [];
  const hooks: {
    beforeJoin?: () => Promise<void>;
    beforeSend?: () => Promise<void>;
    beforeAuthenticate?: () => Promise<void>;
  } = {};

  const person = (token: string, extra: Partial<Principal> = {}): Principal => {
    const accountId = randomUUID();
    const actor: Actor = {
      kind: "account",
      accountId,
      name: token,
      email: `${token}@x.test`,
      sessionId: token,
      memberships: [],
      token: null,
    };
    const principal: Principal = {
      actor,
      sessionId: token,
      account: { kind: "account", id: accountId, name: token },
      key: `account:${accountId}`,
      personalTopics: [`u:${accountId}`],
      rights: "1",
      ...extra,
    };
    people.set(token, principal);
    return principal;
  };
  const conversation = (...readers: Principal[]) => {
    const id = randomUUID();
    conversations.set(id, {
      rev: 0,
      seq: 0,
      readers: new Set(readers.map((reader) => idOf(reader.actor))),
      sent: new Map(),
    });
    return id;
  };
  const mayRead = (actor: Actor, id: string): Conversation => {
    const found = conversations.get(id);
    if (!found?.readers.has(idOf(actor))) throw forbidden();
    return found;
  };
  const topic = (id: string) => `c:${id}:s`;
  /** One more change of a conversation, committed but not told to anybody yet. */
  const change = (id: string, data: unknown = {}): EmittedEvent => {
    const found = conversations.get(id);
    if (!found) throw new Error("no such conversation");
    const rev = ++found.rev;
    const as = `conversation:${id}`;
    log.push({ topic: topic(id), as, rev });
    const deliver = () => [{ topic: topic(id), as, event: "message.created", rev, data }];
    return { definition: { name: "message.created", schema: undefined as never, deliver }, data };
  };
  const fact = (to: string, event: string, data: unknown = {}): EmittedEvent => {
    const deliver = () => [{ topic: to, as: to, event, data }];
    return { definition: { name: event, schema: undefined as never, deliver }, data };
  };

  /** The message as its conversation keeps it, for who may read that. */
  const sentMessage = (actor: Actor, messageId: string) => {
    for (const [id, found] of conversations) {
      const message = [...found.sent.values()].find((one) => one.id === messageId);
      if (message && found.readers.has(idOf(actor))) return { id, message };
    }
    throw notFound("message");
  };

  const doors = (publish: (events: EmittedEvent[]) => void): HubDoors => ({
    async authenticate({ token, cookie }) {
      calls.authenticate++;
      await hooks.beforeAuthenticate?.();
      return people.get(token ?? cookie?.replace("session=", "") ?? "") ?? null;
    },
    async join(actor, name) {
      calls.join++;
      if (name.startsWith("organisation:")) return { topics: [`o:${name.split(":")[1]}:a:1`], rev: "0.0" };
      const id = name.slice("conversation:".length);
      const { rev } = mayRead(actor, id);
      await hooks.beforeJoin?.();
      return { topics: [topic(id)], rev };
    },
    async send(actor, frame) {
      calls.send++;
      const found = mayRead(actor, frame.conversation);
      await hooks.beforeSend?.();
      if (frame.text === "reused") throw conflict("id_reused", { hint: 1 });
      if (frame.text === "boom") throw new Error("secret detail");
      const earlier = found.sent.get(frame.ref);
      if (earlier) return { message: earlier, dedup: true };
      const message = { id: randomUUID(), seq: ++found.seq, created_at: new Date(0).toISOString() };
      found.sent.set(frame.ref, message);
      publish([change(frame.conversation, { message: { ...message, text: frame.text } })]);
      return { message, dedup: false };
    },
    async edit(actor, frame) {
      const { id, message } = sentMessage(actor, frame.message);
      publish([change(id, { message: { ...message, text: frame.text } })]);
      return { message };
    },
    async remove(actor, frame) {
      const { id, message } = sentMessage(actor, frame.message);
      publish([change(id, { message: { ...message, text: "" } })]);
      return { message };
    },
    async react(actor, frame) {
      const { id, message } = sentMessage(actor, frame.message);
      publish([change(id, { message: { ...message, reactions: frame.on ? [frame.emoji] : [] } })]);
      return { message };
    },
    async read(actor, id, seq) {
      mayRead(actor, id);
      publish([fact(topic(id), "read", { seq })]);
    },
    typing: (actor, id, topics) =>
      topics.map((name) => ({ topic: name, as: `conversation:${id}`, event: "typing", data: { who: idOf(actor) } })),
    viewed: (name) => (name.endsWith(":s") ? `conversation:${name.slice(2, -2)}` : null),
    viewer: (actor) => (actor.kind === "account" ? { id: actor.accountId, name: actor.name } : null),
    watched: (name) => (name.startsWith("on:") ? { account: name.slice(3), topic: `u:${name.slice(3)}` } : null),
    beacon: (actor) => (actor.kind === "account" && !actor.token ? `on:${actor.accountId}` : null),
    async seen(accounts) {
      seen.push([...accounts]);
    },
    async resume(actor, { conversations: asked }) {
      const heads: Record<string, number> = {};
      for (const id of Object.keys(asked)) {
        const found = conversations.get(id);
        if (found?.readers.has(idOf(actor))) heads[id] = found.rev;
      }
      return { heads, feed: String(log.length) };
    },
    async refresh(principals) {
      calls.refresh++;
      return principals.map((one) => (gone.has(one.key) ? gone.get(one.key) : people.get(one.account.name)) ?? null);
    },
    async movedSince(cursor) {
      calls.movedSince++;
      if (cursor === "broken") throw new AppError("unavailable", 503, { expected: false });
      const moved = new Map<string, Moved>();
      if (cursor !== null) for (const one of log.slice(Number(cursor))) moved.set(one.topic, one);
      return { cursor: String(log.length), moved: [...moved.values()] };
    },
  });
  return { people, gone, conversations, log, calls, seen, hooks, person, conversation, change, fact, topic, doors };
}

export type FakeWorld = ReturnType<typeof fakeWorld>;
