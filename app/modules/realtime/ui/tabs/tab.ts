import { callsPeople, type TicketSummary } from "~/modules/tickets";

type TicketTab = {
  kind: "ticket";
  id: string;
  title: string;
  conversation: string;
  number: number;
  channel: TicketSummary["channel"]["kind"];
  state: TicketSummary["state"];
  /** Of two that were heard, the newer has the greater of these. */
  version: number;
  lastSeq: number;
  /** Whether what came last calls for somebody. */
  calls: boolean;
  readSeq: number;
};

type ChatTab = {
  kind: "chat";
  id: string;
  title: string;
  /** By which its picture is made, and the picture where it has one. */
  pictureOf: string;
  pictureId: string | null;
  group: boolean;
  unread: boolean;
};

/** Something that is open, and how it was when it was last heard of. A new kind is a type here and a row in `kinds.tsx`. */
export type Tab = TicketTab | ChatTab;
export type TabKind = Tab["kind"];

export const keyOf = ({ kind, id }: { kind: TabKind; id: string }): string => `${kind} ${id}`;

/** The conversation that is written in there. */
export const conversationIn = (tab: Tab): string => (tab.kind === "ticket" ? tab.conversation : tab.id);

export const isUnreadTab = (tab: Tab): boolean =>
  tab.kind === "ticket" ? tab.calls && tab.lastSeq > tab.readSeq : tab.unread;

export function tabOfTicket(ticket: TicketSummary, readSeq: number): Tab {
  const { id, number, state, version, contact, channel, conversation_id: conversation, last_message: last } = ticket;
  const heard = { version, lastSeq: last?.seq ?? 0, calls: callsPeople(ticket), readSeq };
  return { kind: "ticket", id, title: contact.name, conversation, number, channel: channel.kind, state, ...heard };
}

type ChatFacts = Pick<ChatTab, "id" | "title" | "pictureOf" | "pictureId" | "group"> & { unread: number };

export function tabOfChat({ id, title, pictureOf, pictureId, group, unread }: ChatFacts): Tab {
  return { kind: "chat", id, title, pictureOf, pictureId, group, unread: unread > 0 };
}

/** The tab with news of the same thing. News may come late, and none takes back what was read. */
export function newerTab(known: Tab, news: Tab): Tab {
  if (known.kind !== "ticket" || news.kind !== "ticket") return news;
  const readSeq = Math.max(known.readSeq, news.readSeq);
  const late = news.version < known.version || (news.version === known.version && news.lastSeq < known.lastSeq);
  return { ...(late ? known : news), readSeq };
}

type Shape = Readonly<Record<string, "string" | "number" | "boolean" | "string?">>;

const shapes: Record<TabKind, Shape> = {
  ticket: {
    ...{ id: "string", title: "string", conversation: "string", channel: "string", state: "string" },
    ...{ number: "number", version: "number", lastSeq: "number", readSeq: "number", calls: "boolean" },
  },
  chat: {
    ...{ id: "string", title: "string", pictureOf: "string", pictureId: "string?" },
    ...{ group: "boolean", unread: "boolean" },
  },
};

/** What a browser kept, where it still is a tab: another version of the page may have written it. */
export function readTab(value: unknown): Tab | null {
  const kept = value as Record<string, unknown> | null;
  const shape = Object.hasOwn(shapes, String(kept?.kind)) ? shapes[kept?.kind as TabKind] : null;
  if (!kept || !shape) return null;
  const fits = Object.entries(shape).every(([name, type]) =>
    type === "string?" ? kept[name] === null || typeof kept[name] === "string" : typeof kept[name] === type,
  );
  if (!fits) return null;
  const names = ["kind", ...Object.keys(shape)];
  return Object.fromEntries(names.map((name) => [name, kept[name]])) as Tab;
}
