import type { AuthorKind, Delivery, MessageKind, NoticeWhat, Reaction, Visibility } from "~db/schema/messaging";

/** A file that came with a message; `state` tells whether it can be opened yet. */
export type Attachment = {
  id: string;
  kind: "image" | "video" | "audio" | "voice" | "sticker" | "file";
  name: string | null;
  mime: string | null;
  size: number | null;
  url: string | null;
  state: "ready" | "pending" | "failed";
  reason: string | null;
  /** In pixels, as shown; of a video, the shape of its poster. */
  width: number | null;
  height: number | null;
  /** Its small picture, where that is not the file itself. */
  thumbnail: string | null;
  /** A few pixels as a data URL, shown until it has loaded. */
  placeholder: string | null;
  /** Of sound and video, in milliseconds. */
  duration_ms: number | null;
  /** How loud it is along the way, each 0 to 100. */
  waveform: number[] | null;
};

/** What stands in lists for a message without words. */
export type FirstFile = Pick<Attachment, "kind" | "name">;

/** A choice as it was shown to the customer; `id` is what comes back when it is picked. */
export type ShownChoice = { id: string; label: string; description?: string };

/** What a line of the system says, for each reader's own language. */
export type Notice = { what: NoticeWhat; by: string; about: string[] };

/** What the page behind a message's first address says of itself. */
export type LinkPreview = {
  /** As the text has it. */
  url: string;
  title: string;
  description: string;
  site: string;
  /** A small WebP as a data URL, with its size in pixels. */
  picture: { src: string; width: number; height: number } | null;
};
/** Somebody of a group whom a text calls, by the word that stands after its `@`. */
export type Mention = { id: string; name: string };

/** A message as sockets, API and screens see it; times are RFC 3339. */
export type Message = {
  id: string;
  conversation: string;
  seq: number;
  author: { kind: AuthorKind; id: string | null; name: string };
  kind: MessageKind;
  text: string;
  /** Choices that were shown with it (`interactive`). */
  choices: ShownChoice[];
  /** Of a group's own lines alone. */
  notice?: Notice;
  /** Comes some seconds after the message, where its first address has something to show. */
  preview?: LinkPreview;
  /** Whom it calls; absent where nobody is. */
  mentions?: Mention[];
  /** Said elsewhere first, and passed on. */
  forwarded?: true;
  /** It shows a ticket to who may see it: who reads asks for it by the message's id, since nothing of it is in here. */
  card?: "ticket";
  attachments: Attachment[];
  reply_to: string | null;
  visibility: Visibility;
  client_id: string | null;
  delivery: Delivery | null;
  delivery_error: { code: string; text: string } | null;
  late: boolean;
  /** In the order in which each was first given. */
  reactions: Reaction[];
  sent_at: string;
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
  /** Since when its conversation keeps it at its head. */
  pinned_at: string | null;
};

/** The newest message of a conversation as a list shows it. */
export type LastMessage = {
  seq: number;
  text: string;
  author_kind: AuthorKind;
  kind: MessageKind;
  visibility: Visibility;
  /** The first of its files. */
  file: FirstFile | null;
  at: string;
};
