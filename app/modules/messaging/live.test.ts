import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyMissed,
  applyToThread,
  KEPT_MESSAGES,
  type LiveThread,
  trimmed,
  withEarlier,
  withLater,
  withStretch,
} from "./live";
import type { Message } from "./message-view";

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  conversation: "c",
  seq,
  author: { kind: "contact", id: "k", name: "Rosa" },
  kind: "text",
  text: `texto ${seq}`,
  choices: [],
  attachments: [],
  reply_to: null,
  visibility: "public",
  client_id: null,
  delivery: null,
  delivery_error: null,
  late: false,
  reactions: [],
  sent_at: "2026-11-22T10:00:00.000Z",
  created_at: "2026-11-22T10:00:00.000Z",
  edited_at: null,
  deleted_at: null,
  pinned_at: null,
  ...more,
});

const thread = (messages: Message[] = []): LiveThread => ({
  messages,
  rev: messages.length,
  last_seq: messages.at(-1)?.seq ?? 0,
  read_seq: 0,
  customer_read_seq: 0,
  pinned: [],
  starred: [],
  hidden: [],
});

const created = (m: Message, rev = m.seq) => ({ event: "message.created", rev, data: { message: m } });

describe("applyToThread", () => {
  it("shows any order of arrival in the order of seq, once each", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 6 })),
        (order, again) => {
          const last = [...order, ...again].reduce<LiveThread>(
            (state, seq) => applyToThread(state, created(message(seq)), null),
            { ...thread(), messages: [] },
          );
          // The first to arrive is where the loaded page begins: what is older comes with its page.
          const first = order[0] ?? 1;
          expect(last.messages.map((m) => m.seq)).toEqual([...last.messages.map((m) => m.seq)].sort((a, b) => a - b));
          expect(new Set(last.messages.map((m) => m.id)).size).toBe(last.messages.length);
          expect(last.messages.every((m) => m.seq >= Math.min(first, ...order.slice(0, 1)))).toBe(true);
        },
      ),
    );
  });

  it("moves a delivery mark, and marks as read up to the customer's pointer", () => {
    const own = message(1, { author: { kind: "member", id: "a", name: "Bruno" }, delivery: "sent" });
    const failed = message(2, { author: { kind: "member", id: "a", name: "Bruno" }, delivery: "failed" });
    const delivered = applyToThread(
      thread([own, failed]),
      { event: "message.delivery", rev: 3, data: { id: "m1", seq: 1, delivery: "delivered", delivery_error: null } },
      null,
    );
    expect(delivered.messages[0]?.delivery).toBe("delivered");
    const read = applyToThread(
      delivered,
      { event: "read", rev: 4, data: { seq: 2, reader: { kind: "contact", id: "k" } } },
      null,
    );
    expect(read.messages.map((m) => m.delivery)).toEqual(["read", "failed"]);
    expect(read).toMatchObject({ customer_read_seq: 2, rev: 4 });
  });

  it("moves the reader's own pointer only, and only forward", () => {
    const mine = { event: "read", data: { seq: 5, reader: { kind: "account", id: "me" } } };
    const state = applyToThread(thread(), mine, "me");
    expect(state.read_seq).toBe(5);
    expect(applyToThread(state, { ...mine, data: { ...mine.data, seq: 3 } }, "me").read_seq).toBe(5);
    expect(applyToThread(thread(), mine, "other").read_seq).toBe(0);
  });
});

describe("applyMissed", () => {
  it("ends where the frames would have ended", () => {
    const start = thread([message(1)]);
    const live = [message(2), message(3)].reduce<LiveThread>(
      (state, m) => applyToThread(state, created(m), null),
      start,
    );
    const missed = applyMissed(start, {
      changes: [message(2), message(3)].map((m) => ({ rev: m.seq, kind: "message.created", ref: m.id, message: m })),
      rev: 3,
      customer_read_seq: 0,
    });
    expect(missed).toEqual(live);
  });
});

describe("the stretch of a conversation that is looked at", () => {
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => message(from + n));
  const seqs = ({ messages }: LiveThread) => messages.map(({ seq }) => seq);
  const at = (messages: Message[], over: object = {}) => ({ ...thread(messages), more: true, ...over });

  it("grows by pages on both sides, with what was heard of them while they were under way", () => {
    const edited = message(3, { text: "cambiado" });
    const earlier = withEarlier(at(range(5, 6)), { messages: range(3, 4), more: false }, [edited]);
    expect(seqs(earlier)).toEqual([3, 4, 5, 6]);
    expect(earlier).toMatchObject({ more: false });
    expect(earlier.messages[0]?.text).toBe("cambiado");
    const later = withLater(
      at(range(5, 6), { more_after: true }),
      { messages: range(7, 8), more: true, more_after: true },
      [message(9)],
    );
    expect([seqs(later), later.more_after]).toEqual([[5, 6, 7, 8], true]);
  });

  it("does not take in what is far after it, and has all that came once it reaches the end", () => {
    const away = withStretch(at(range(90, 100), { last_seq: 100 }), {
      messages: range(10, 12),
      more: true,
      more_after: true,
    });
    const heard = applyToThread(away, created(message(101)), null);
    expect([seqs(heard), heard.last_seq, heard.rev]).toEqual([[10, 11, 12], 101, 101]);
    const changed = applyToThread(
      heard,
      { event: "message.edited", rev: 102, data: { message: message(11, { text: "otro" }) } },
      null,
    );
    expect(changed.messages[1]?.text).toBe("otro");
    const end = withStretch(changed, { messages: range(99, 101), more: true, more_after: false }, [message(102)]);
    expect([seqs(end), end.more_after]).toEqual([[99, 100, 101, 102], false]);
  });

  it("lets go of its far end", () => {
    const many = at(range(1, KEPT_MESSAGES + 60));
    expect(trimmed(many, "start")).toMatchObject({ more: true, more_after: true });
    expect(seqs(trimmed(many, "start")).at(-1)).toBe(KEPT_MESSAGES);
    expect(seqs(trimmed({ ...many, more: false }, "end"))[0]).toBe(61);
    expect(trimmed(at(range(1, 5)), "end")).toMatchObject({ more: true, messages: { length: 5 } });
  });
});
