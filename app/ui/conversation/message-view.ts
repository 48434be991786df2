/** A message as the API and the hub give it, as far as a bubble shows it. */
export type MessageView = {
  id: string;
  author: { kind: "contact" | "member" | "account" | "bot" | "device" | "system"; id: string | null; name: string };
  kind: "text" | "media" | "location" | "contact" | "interactive" | "template" | "rating" | "system" | "placeholder";
  text: string | null;
  attachments?: AttachmentView[];
  /** Only of what we sent; null or absent draws no ticks. */
  delivery?: Delivery | null;
  visibility: "public" | "staff";
  /** RFC 3339, like the other times. */
  created_at: string;
  /** The provider's clock; shown where the message arrived late. */
  sent_at?: string | null;
  edited_at?: string | null;
  deleted_at?: string | null;
  /** Whom it calls, by the word after the `@`. */
  mentions?: readonly { id: string; name: string }[];
  /** Said elsewhere first. */
  forwarded?: boolean;
  /** Since when its conversation keeps it at its head. */
  pinned_at?: string | null;
  reactions?: { emoji: string; by: { id?: string; name: string }[] }[];
  /** What the page behind the first address says of itself. */
  preview?: LinkPreviewView;
};

export type LinkPreviewView = {
  url: string;
  title: string;
  description: string;
  site: string;
  /** A data URL, with its size in pixels. */
  picture: { src: string; width: number; height: number } | null;
};

export type Delivery = "queued" | "sent" | "delivered" | "read" | "failed" | "unknown";

export type AttachmentView = {
  id: string;
  kind: "image" | "video" | "audio" | "voice" | "sticker" | "file";
  name: string | null;
  size: number | null;
  url: string | null;
  /** `ready` has a url; `failed` has a reason; anything else is on its way. */
  state: string;
  reason?: string | null;
  /** In pixels; of a video, its shape. */
  width?: number | null;
  height?: number | null;
  /** The address of its small picture. */
  thumbnail?: string | null;
  /** A few pixels as a data URL. */
  placeholder?: string | null;
  duration_ms?: number | null;
  /** How loud it is along the way, each 0 to 100. */
  waveform?: readonly number[] | null;
  /** Of one that is being sent: how far it is, from 0 to 1, and how this page shows it meanwhile. */
  progress?: number;
  preview?: string | null;
};

/** What the message looks like at first sight. */
export type BubbleTone = "own" | "other" | "bot" | "note";

/** A bot, a note, the reader's own words and everybody else's each have a look of their own. */
export function toneOf(message: Pick<MessageView, "author" | "visibility">, own: boolean): BubbleTone {
  if (message.visibility === "staff") return "note";
  if (message.author.kind === "bot") return "bot";
  return own ? "own" : "other";
}
