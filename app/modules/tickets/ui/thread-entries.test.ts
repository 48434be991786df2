import { describe, expect, it } from "vitest";
import type { Message } from "~/modules/messaging";
import type { TicketEvent } from "../ticket-view";
import { type ThreadTicket, threadEntries } from "./thread-entries";

const message = (seq: number, author: "contact" | "member" = "contact", day = 22): Message => ({
  id: `m${seq}`,
  conversation: "c",
  seq,
  author: { kind: author, id: author === "member" ? "me" : "rosa", name: author },
  kind: "text",
  text: String(seq),
  choices: [],
  attachments: [],
  reply_to: null,
  visibility: "public",
  client_id: null,
  delivery: null,
  delivery_error: null,
  late: false,
  reactions: [],
  sent_at: "",
  created_at: `2026-11-${day}T15:00:00.000Z`,
  edited_at: null,
  deleted_at: null,
  pinned_at: null,
});

const event = (id: string, ticket: string, after_seq: number, kind: TicketEvent["kind"] = "claimed"): TicketEvent => ({
  id,
  ticket,
  after_seq,
  kind,
  actor: { kind: "member", id: "me", name: "Ana" },
  before: null,
  after: null,
  reason: null,
  created_at: "2026-11-22T15:00:00.000Z",
});

const ticket = (id: string, first_seq: number, state: ThreadTicket["state"] = "closed"): ThreadTicket => ({
  id,
  number: first_seq,
  state,
  first_seq,
  closed_at: null,
  close_reason: null,
});

type Parts = Partial<Parameters<typeof threadEntries>[0]>;

/** The thread in short: `1` a message, `(id)` a line of the history, `--t--` the end of a ticket, `day`, `unread`. */
const read = (parts: Parts) =>
  threadEntries({
    messages: [],
    more: false,
    tickets: [],
    events: [],
    unreadAfter: 0,
    memberId: "me",
    timeZone: "UTC",
    ...parts,
  }).map((entry) => {
    if (entry.kind === "message") return entry.message.text;
    if (entry.kind === "event") return `(${entry.event.id})`;
    return entry.kind === "ticket" ? `--${entry.ticket.id}--` : entry.kind;
  });

describe("a thread", () => {
  it("puts each line of the history after the message that it followed", () => {
    const messages = [message(1), message(2), message(3)];
    const events = [event("e1", "t", 0, "opened"), event("e2", "t", 2), event("e3", "t", 3)];
    expect(read({ messages, events, tickets: [ticket("t", 1, "open")] })).toEqual([
      "day",
      "(e1)",
      "1",
      "2",
      "(e2)",
      "3",
      "(e3)",
    ]);
  });

  it("parts the tickets by one line that says how the earlier one ended", () => {
    const events = [event("e1", "t1", 2, "closed"), event("e2", "t2", 2, "opened"), event("e3", "t2", 3, "closed")];
    const parts = { messages: [message(1), message(2), message(3)], events };
    const tickets = [ticket("t1", 1), ticket("t2", 3)];
    expect(read({ ...parts, tickets })).toEqual(["day", "1", "2", "--t1--", "(e2)", "3", "(e3)"]);
    const divider = threadEntries({ ...parts, tickets, more: false, unreadAfter: 0, memberId: "me", timeZone: "UTC" });
    expect(divider.find((entry) => entry.kind === "ticket")).toMatchObject({ closing: { id: "e1" } });
  });

  it("shows the earlier closing of a ticket that was reopened as a line", () => {
    const events = [
      event("e1", "t1", 1, "closed"),
      event("e2", "t1", 1, "reopened"),
      event("e3", "t1", 2, "closed"),
      event("e4", "t2", 2, "opened"),
    ];
    const tickets = [ticket("t1", 1), ticket("t2", 3, "open")];
    expect(read({ messages: [message(1), message(2), message(3)], events, tickets })).toEqual([
      "day",
      "1",
      "(e1)",
      "(e2)",
      "2",
      "--t1--",
      "(e4)",
      "3",
    ]);
  });

  it("leaves the history before the loaded page to the earlier pages", () => {
    const events = [event("e1", "t1", 1), event("e2", "t2", 4), event("e3", "t2", 5)];
    const tickets = [ticket("t1", 1), ticket("t2", 3, "open")];
    expect(read({ messages: [message(5), message(6)], more: true, events, tickets })).toEqual([
      "day",
      "5",
      "(e3)",
      "6",
    ]);
  });

  it("marks the days and what had not been read, but never one's own words", () => {
    const messages = [message(1, "contact", 20), message(2, "member", 21), message(3, "contact", 21)];
    expect(read({ messages, unreadAfter: 1 })).toEqual(["day", "1", "day", "2", "unread", "3"]);
    expect(read({ messages, unreadAfter: 3 })).not.toContain("unread");
    expect(read({ messages, unreadAfter: 0 })).not.toContain("unread");
  });

  it("ends a run of bubbles where a line stands between", () => {
    const entries = threadEntries({
      messages: [message(1), message(2), message(3)],
      more: false,
      tickets: [ticket("t", 1, "open")],
      events: [event("e", "t", 2)],
      unreadAfter: 0,
      memberId: "me",
      timeZone: "UTC",
    });
    const runs = entries.flatMap((entry) => (entry.kind === "message" ? [[entry.first, entry.last]] : []));
    expect(runs).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });
});
