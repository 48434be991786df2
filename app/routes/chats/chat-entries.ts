import type { ChatSummary } from "~/modules/chats/index.server";
import type { FirstFile, Notice } from "~/modules/messaging";
import type { AccountChat } from "~/modules/tickets/index.server";

/** One line of the list: a person, a group, or an organisation to which the account writes as a customer. */
export type ChatEntry = {
  id: string;
  title: string;
  /** By which its picture is made. */
  pictureOf: string;
  /** Its picture, where it has one. */
  pictureId: string | null;
  group: boolean;
  accepted: boolean;
  last: {
    text: string;
    file: FirstFile | null;
    notice: Notice | null;
    author: string | null;
    own: boolean;
    at: string;
  } | null;
  /** How what the reader began to write begins. */
  draft: string | null;
  /** What stands where nothing was said. */
  handle: string | null;
  unread: number;
  /** Something unread calls the reader. */
  mentioned: boolean;
  /** Nobody is told of new words in it. */
  large: boolean;
  muted: boolean;
  pinned: boolean;
  archived: boolean;
};

const ofOrganisation = (chat: AccountChat): ChatEntry => ({
  id: chat.conversation_id,
  title: chat.organisation.name,
  pictureOf: chat.organisation.handle,
  pictureId: null,
  group: false,
  accepted: true,
  last: chat.last_at
    ? { text: chat.last_text ?? "", file: chat.last_file, notice: null, author: null, own: false, at: chat.last_at }
    : null,
  draft: null,
  handle: chat.organisation.handle,
  unread: chat.unread,
  mentioned: false,
  large: false,
  muted: false,
  pinned: false,
  archived: false,
});

const ofPeople = (chat: ChatSummary): ChatEntry => {
  const { id, title, pictureId, accepted, unread, mentioned, large, muted, pinned, archived, last } = chat;
  const group = chat.kind !== "direct";
  const author = group && last && !last.own ? last.author : null;
  return {
    ...{ id, title, pictureId, accepted, unread, mentioned, large, muted, pinned, archived, group },
    pictureOf: chat.other?.id ?? id,
    last: last && { ...last, author },
    draft: null,
    handle: chat.other?.handle ?? null,
  };
};

/** The list with what the reader began to write in its chats. */
export const withDrafts = (chats: readonly ChatEntry[], drafts: Readonly<Record<string, string>>): ChatEntry[] =>
  chats.map((chat) => ({ ...chat, draft: drafts[chat.id] ?? null }));

/** All chats of an account in one list: what is pinned first, then by the newest words. */
export function chatEntries(organisations: readonly AccountChat[], people: readonly ChatSummary[]): ChatEntry[] {
  const all = [...organisations.map(ofOrganisation), ...people.map(ofPeople)];
  const newest = (entry: ChatEntry) => Date.parse(entry.last?.at ?? "1970-01-01");
  return all.sort((a, b) => Number(b.pinned) - Number(a.pinned) || newest(b) - newest(a));
}
