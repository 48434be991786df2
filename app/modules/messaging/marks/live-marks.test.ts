import { expect, it } from "vitest";
import { applyToThread, type LiveThread } from "../live";
import type { Message } from "../message-view";

const message = (seq: number, more: Partial<Message> = {}) =>
  ({ id: `m${seq}`, seq, text: `${seq}`, pinned_at: null, ...more }) as Message;
const thread = (more: Partial<LiveThread> = {}): LiveThread => ({
  ...{ messages: [message(5), message(6)], rev: 6, last_seq: 6, read_seq: 0, customer_read_seq: 0 },
  ...{ pinned: [], starred: [], hidden: [], ...more },
});
const marked = (one: Message, starred: boolean, hidden: boolean) => ({
  event: "message.marked",
  data: { message: one, starred, hidden },
});
const pinned = (rev: number, one: Message) => ({ event: "message.pinned", rev, data: { message: one } });
const idsOf = (messages: readonly Message[]) => messages.map(({ id }) => id);

it("what is kept at the head is known also of messages that are not loaded, in order, and goes again", () => {
  const old = message(1, { pinned_at: "2026-01-02" });
  const first = applyToThread(thread(), pinned(7, old), "me");
  expect([idsOf(first.pinned), idsOf(first.messages)]).toEqual([["m1"], ["m5", "m6"]]);
  const second = applyToThread(first, pinned(8, message(6, { pinned_at: "2026-01-01" })), "me");
  expect(idsOf(second.pinned)).toEqual(["m6", "m1"]);
  const edited = { event: "message.edited", rev: 9, data: { message: { ...old, text: "otro" } } };
  expect(applyToThread(second, edited, "me").pinned[1]?.text).toBe("otro");
  expect(idsOf(applyToThread(second, pinned(9, message(1)), "me").pinned)).toEqual(["m6"]);
  // A frame that the state's number covers takes nothing back.
  expect(applyToThread(second, pinned(7, message(1)), "me")).toEqual(second);
});

it("what the reader hides on another device goes, does not come back by a change, and comes back when shown", () => {
  const held = thread({ pinned: [message(5)], starred: ["m5"], more: false });
  const gone = applyToThread(held, marked(message(5), true, true), "me");
  expect(gone).toMatchObject({ starred: [], hidden: ["m5"], pinned: [] });
  const edited = { event: "message.edited", rev: 7, data: { message: message(5, { pinned_at: "x" }) } };
  const after = applyToThread(gone, edited, "me");
  expect([idsOf(after.messages), after.pinned, after.rev]).toEqual([["m6"], [], 7]);
  const back = applyToThread(after, marked(message(5), true, false), "me");
  expect([idsOf(back.messages), back.starred, back.hidden]).toEqual([["m5", "m6"], ["m5"], []]);
});

it("a star leaves the message as the screen holds it", () => {
  const held = thread({ messages: [message(5, { text: "más nuevo" })] });
  const starred = applyToThread(held, marked(message(5), true, false), "me");
  expect([starred.messages[0]?.text, starred.starred]).toEqual(["más nuevo", ["m5"]]);
  expect(applyToThread(starred, marked(message(5), false, false), "me").starred).toEqual([]);
});
