import type { FileLook } from "./look-of-file";

/**
 * A file on its way in. `waiting` for its turn or for the network, `lost` where the page that held it is gone: its bytes
 * must be picked anew.
 */
export type UploadItem = FileLook & {
  key: string;
  name: string;
  type: string;
  size: number;
  /** Of the file on the sender's disk: what tells the same file again. */
  lastModified: number;
  voice: boolean;
  state: "waiting" | "uploading" | "paused" | "failed" | "ready" | "lost";
  /** How many bytes the server has. */
  sent: number;
  /** Where it goes on, once the server knows it. */
  url: string | null;
  /** Why it failed or waits, as an error code. */
  code: string | null;
};

export type UploadAction =
  | { do: "add"; item: UploadItem }
  | { do: "change"; key: string; to: Partial<UploadItem> }
  | { do: "drop"; keys: readonly string[] };

/** So many at once: more would share the same line. */
const AT_ONCE = 2;

/** The uploads of a conversation after a step. One that is gone is changed no more. */
export function uploadsAfter(items: readonly UploadItem[], action: UploadAction): readonly UploadItem[] {
  if (action.do === "add") return [...items, action.item];
  if (action.do === "drop") return items.filter((item) => !action.keys.includes(item.key));
  return items.map((item) => (item.key === action.key ? { ...item, ...action.to } : item));
}

/** Which may begin now: those that wait for their turn alone, in their order. */
export function nextToBegin(items: readonly UploadItem[]): readonly UploadItem[] {
  const running = items.filter((item) => item.state === "uploading" || item.code === "offline").length;
  const due = items.filter((item) => item.state === "waiting" && item.code === null);
  return due.slice(0, Math.max(0, AT_ONCE - running));
}

/** The same file as one whose bytes were lost with their page. */
export const isSameFile = (item: UploadItem, file: Pick<File, "name" | "size" | "lastModified">) =>
  item.name === file.name && item.size === file.size && item.lastModified === file.lastModified;

/** The id under which a message names it. */
export const fileIdOf = ({ url }: Pick<UploadItem, "url">) => url?.split("/").at(-1) ?? "";
