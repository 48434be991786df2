import type { UploadItem } from "~/modules/files/ui/uploading/upload-items";
import type { Attachment } from "~/modules/messaging";

/** A message on its way: on screen at once, known by its `client_id` until the server has it. */
export type QueuedMessage = {
  client_id: string;
  conversation: string;
  /** Whose it is: an account's id, or `guest`. Nobody else sends it. */
  owner: string;
  text: string;
  /** As its bubble shows them; of one that is on its way, how far it is from 0 to 1 and how this page shows it. */
  attachments: readonly (Attachment & { progress?: number; preview?: string | null })[];
  /** What its attachments come of, where they had to be brought up. */
  files?: readonly UploadItem[];
  reply_to: string | null;
  visibility: "public" | "staff";
  /** The last seq that the writer had on screen. */
  based_on_seq: number | null;
  created_at: string;
  /** `sent`: the server has it, and the thread will show it. */
  state: "sending" | "failed" | "sent";
  /** Why it failed, as an error code, and what the server told with it. */
  code: string | null;
  data?: unknown;
};

/** Whoever sent it stops: the page is gone, the message was given up, or another tab has its files. */
export class Interrupted extends Error {}
