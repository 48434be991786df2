import type { Recording } from "../voice/recording";

/** A file that will go with the next message, as the composer shows it. */
export type ComposerFile = {
  key: string;
  name: string;
  size: number;
  kind: "image" | "video" | "audio" | "voice" | "file";
  /** `lost` is one whose page is gone: it must be picked anew. */
  state: "waiting" | "uploading" | "paused" | "failed" | "ready" | "lost";
  /** How many bytes are up. */
  sent: number;
  /** Why it failed or waits, as an error code. */
  code: string | null;
  /** An address of a picture or video within the page. */
  preview: string | null;
  placeholder: string | null;
};

/** What a composer with files needs of who takes them in. */
export type ComposerFiles = {
  list: readonly ComposerFile[];
  /** More were picked, and are being looked at before they appear: what is sent now carries them. */
  looking: boolean;
  add: (files: readonly File[]) => void;
  pause: (key: string) => void;
  resume: (key: string) => void;
  cancel: (key: string) => void;
  /** A recording is a message of its own. */
  sendVoice: (recording: Recording) => void;
};

/** Whether a message without words would carry something. */
export const hasFiles = (files: ComposerFiles | null | undefined): boolean =>
  files !== null && files !== undefined && (files.list.length > 0 || files.looking);
