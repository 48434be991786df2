import { expect, it } from "vitest";
import type { ChatSummary } from "~/modules/chats/index.server";
import type { AccountChat } from "~/modules/tickets/index.server";
import { chatEntries } from "./chat-entries";

const person = (id: string, at: string | null, more: Partial<ChatSummary> = {}): ChatSummary => ({
  id,
  kind: "direct",
  orgId: null,
  title: id,
  pictureId: null,
  other: { id: `other of ${id}`, handle: null },
  accepted: true,
  last: at === null ? null : { seq: 1, text: "hola", file: null, notice: null, author: "Ana", own: false, at },
  unread: 0,
  mentioned: false,
  muted: false,
  pinned: false,
  archived: false,
  large: false,
  rev: 1,
  readSeq: 0,
  ...more,
});
const shop = (id: string, at: string | null): AccountChat => ({
  conversation_id: id,
  organisation: { name: id, handle: id },
  last_text: at && "hola",
  last_file: null,
  last_at: at,
  unread: 1,
});

it("people and organisations stand in one list: what is pinned, then the newest words, then where nothing was said", () => {
  const people = [
    person("ayer", "2026-01-01T10:00:00.000Z"),
    person("fijado", "2025-01-01T10:00:00.000Z", { pinned: true }),
    person("nuevo", null),
  ];
  const order = chatEntries([shop("hoy", "2026-01-02T10:00:00.000Z")], people).map(({ id }) => id);
  expect(order).toEqual(["fijado", "hoy", "ayer", "nuevo"]);
});

it("only a group says who spoke last, and only of others", () => {
  const at = "2026-01-01T10:00:00.000Z";
  const own = { seq: 1, text: "voy", file: null, notice: null, author: "Yo", own: true, at };
  const entries = chatEntries(
    [],
    [person("a", at), person("b", at, { kind: "group" }), person("c", at, { kind: "group", last: own })],
  );
  expect(entries.map(({ last }) => last?.author)).toEqual([null, "Ana", null]);
});
