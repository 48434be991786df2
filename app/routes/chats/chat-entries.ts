import type { LastWords } from "~/modules/chats";
import type { ChatSummary } from "~/modules/chats/index.server";
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
  last: LastWords | null;
  rev: number;
  readSeq: number;
  /** How what the reader began to write begins. */
  draft: string | null;
  /** What stands where nothing was said. */
  handle: string | null;
  unread: number;
  /** Something unread calls the reader. */
  mentioned: boolean;
  /** No account is told of new words in it: the list hears its conversation. */
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
    ? {
        ...{ seq: 0, text: chat.last_text ?? "", file: chat.last_file, at: chat.last_at },
        ...{ notice: null, author: null, own: false },
      }
    : null,
  rev: 0,
  readSeq: 0,
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
  const { id, title, pictureId, accepted, unread, mentioned, large, muted, pinned, archived, last, rev, readSeq } =
    chat;
  const group = chat.kind !== "direct";
  const author = group && last && !last.own ? last.author : null;
  return {
    ...{ id, title, pictureId, accepted, unread, mentioned, large, muted, pinned, archived, group, rev, readSeq },
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
  return inOrder([...organisations.map(ofOrganisation), ...people.map(ofPeople)]);
}

const newest = (entry: ChatEntry) => Date.parse(entry.last?.at ?? "1970-01-01");

export const inOrder = (entries: readonly ChatEntry[]): ChatEntry[] =>
  [...entries].sort((a, b) => Number(b.pinned) - Number(a.pinned) || newest(b) - newest(a));
