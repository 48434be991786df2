import { describe, expect, it } from "vitest";
import type { TicketSummary } from "../index";
import { arrivalsOf, type InboxAction, inboxAfter, inboxOf, isUnread, rowsOf } from "./inbox-list";

const me = { memberId: "me", role: "agent" as const, areaIds: ["sales"] };
const filter = { view: "open" as const };

const ticket = (id: string, minute: number, change: Partial<TicketSummary> = {}): TicketSummary => ({
  id,
  number: minute,
  state: "open",
  area: { id: "sales", name: "Ventas" },
  assignee: null,
  contact: { id: `c-${id}`, name: `Rosa ${id}` },
  channel: { id: "web", kind: "web" },
  conversation_id: `conversation-${id}`,
  priority: "normal",
  tags: [],
  waiting_on: "agent",
  waiting_since: null,
  snoozed_until: null,
  queued_at: null,
  queue_front: false,
  opened_at: "2026-11-22T10:00:00.000Z",
  first_reply_at: null,
  closed_at: null,
  close_reason: null,
  reopen_count: 0,
  thanked: false,
  rating: null,
  rated_at: null,
  version: 1,
  last_activity_at: `2026-11-22T10:${String(minute).padStart(2, "0")}:00.000Z`,
  last_message: {
    seq: minute,
    text: "hola",
    author_kind: "contact",
    file: null,
    kind: "text",
    visibility: "public",
    at: "2026-11-22T10:00:00.000Z",
  },
  ...change,
});

const changed = (one: TicketSummary): InboxAction => ({
  do: "hear",
  frame: { event: "ticket.changed", data: { ticket: one } },
  filter,
  reader: me,
});
const left = (id: string): InboxAction => ({
  do: "hear",
  frame: { event: "ticket.left", data: { ticket: id } },
  filter,
  reader: me,
});
/** The place of the last row that is loaded. */
const NEXT = `${Date.parse("2026-11-22T10:10:00.000Z")}.00000000-0000-4000-8000-000000000000`;
const start = (nextCursor: string | null = null) =>
  inboxOf({ tickets: [ticket("b", 20), ticket("a", 10)], nextCursor });
const apply = (list: ReturnType<typeof start>, ...actions: InboxAction[]) => actions.reduce(inboxAfter, list);
const ids = (list: ReturnType<typeof start>) => rowsOf(list).map((row) => row.id);

describe("a list that is free", () => {
  it("puts what is new on top, and lets go of what left", () => {
    expect(ids(apply(start(), changed(ticket("c", 30))))).toEqual(["c", "b", "a"]);
    expect(ids(apply(start(), left("b")))).toEqual(["a"]);
    expect(ids(apply(start(), changed(ticket("b", 31, { version: 2, state: "closed" }))))).toEqual(["a"]);
  });

  it("shows only what its filter names", () => {
    const area: InboxAction = {
      ...changed(ticket("c", 30)),
      filter: { view: "open", areaId: "support" },
    } as InboxAction;
    expect(ids(apply(start(), area))).toEqual(["b", "a"]);
    const name: InboxAction = { ...changed(ticket("c", 30)), filter: { view: "open", q: "rosa C" } } as InboxAction;
    expect(ids(apply(start(), name))).toEqual(["c", "b", "a"]);
  });

  it("leaves what is older than the last loaded row to its own page", () => {
    expect(ids(apply(start(NEXT), changed(ticket("old", 5))))).toEqual(["b", "a"]);
    expect(ids(apply(start(), changed(ticket("old", 5))))).toEqual(["b", "a", "old"]);
  });

  it("adds a page once, whatever came meanwhile", () => {
    const more: InboxAction = { do: "more", page: { tickets: [ticket("a", 10), ticket("z", 1)], nextCursor: null } };
    const list = apply(start(NEXT), more);
    expect(ids(list)).toEqual(["b", "a", "z"]);
    expect(list.nextCursor).toBeNull();
  });
});

describe("a queue", () => {
  const queued = (id: string, minute: number, change: Partial<TicketSummary> = {}) =>
    ticket(id, 59, { queued_at: `2026-11-22T10:${minute}:00.000Z`, ...change });
  const hear = (one: TicketSummary): InboxAction => ({ ...changed(one), filter: { view: "queue" } }) as InboxAction;

  it("stands as it is to be served: the front, the pressing, the longest wait", () => {
    const empty = inboxOf({ tickets: [], nextCursor: null });
    const heard = [
      hear(queued("late", 40)),
      hear(queued("early", 20)),
      hear(queued("urgent", 50, { priority: "urgent" })),
      hear(queued("front", 55, { queue_front: true })),
    ];
    expect(ids(apply(empty, ...heard))).toEqual(["front", "urgent", "early", "late"]);
  });
});

describe("a list that holds still", () => {
  const held = () => apply(start(), { do: "hold" });

  it("moves nothing, counts what came, and shows it when let go", () => {
    const list = apply(held(), changed(ticket("c", 30)), changed(ticket("a", 40, { version: 2 })));
    expect(ids(list)).toEqual(["b", "a"]);
    expect(arrivalsOf(list)).toBe(1);
    expect(ids(apply(list, { do: "release" }))).toEqual(["a", "c", "b"]);
    expect(arrivalsOf(apply(list, { do: "release" }))).toBe(0);
  });

  it("keeps the place of what left, as it is now, until let go", () => {
    const list = apply(held(), changed(ticket("b", 41, { version: 2, state: "closed" })), left("a"));
    expect(rowsOf(list).map((row) => [row.id, row.state])).toEqual([
      ["b", "closed"],
      ["a", "open"],
    ]);
    expect(ids(apply(list, { do: "release" }))).toEqual([]);
  });

  it("stays as it stands when loaded anew, and begins again with another view", () => {
    const page = { tickets: [ticket("c", 30)], nextCursor: null };
    expect(ids(apply(held(), { do: "load", page, fresh: false }))).toEqual(["b", "a"]);
    expect(arrivalsOf(apply(held(), { do: "load", page, fresh: false }))).toBe(1);
    expect(ids(apply(held(), { do: "load", page, fresh: true }))).toEqual(["c"]);
  });

  it("grows at its end while it is scrolled", () => {
    const list = apply(held(), { do: "more", page: { tickets: [ticket("z", 1)], nextCursor: null } });
    expect(ids(list)).toEqual(["b", "a", "z"]);
    expect(arrivalsOf(list)).toBe(0);
  });
});

describe("unread", () => {
  it("is what a customer wrote after the reader's mark, which only goes forward", () => {
    const one = ticket("a", 10);
    const list = inboxOf({ tickets: [{ ...one, read_seq: 9 }], nextCursor: null });
    expect(isUnread(one, list.reads)).toBe(true);
    const read = apply(list, { do: "read", conversationId: one.conversation_id, seq: 10 });
    expect(isUnread(one, read.reads)).toBe(false);
    expect(apply(read, { do: "read", conversationId: one.conversation_id, seq: 3 })).toBe(read);
  });

  it("is nothing while a bot answers, nor what the team wrote last", () => {
    const none = new Map<string, number>();
    expect(isUnread(ticket("a", 10, { state: "bot" }), none)).toBe(false);
    const ours = {
      seq: 10,
      text: "hola",
      author_kind: "member",
      kind: "text",
      file: null,
      visibility: "public",
      at: "",
    } as const;
    expect(isUnread(ticket("a", 10, { last_message: ours }), none)).toBe(false);
  });
});
