import type { ToolScope } from "~db/schema/desk";

export const LONGEST_SHORTCUT = 40;
export const LONGEST_REPLY_TITLE = 100;
export const LONGEST_REPLY = 4_000;
/** So many one person, an area, and the organisation may keep: the list comes whole. */
export const MOST_REPLIES = 200;

/** Whose a canned reply may be. */
export const REPLY_SCOPES = ["member", "organisation", "area"] as const satisfies readonly ToolScope[];

/** A text that agents send often. */
export type CannedReply = {
  id: string;
  /** Whose it is: the reader's own, an area's, or everybody's. */
  scope: ToolScope;
  area: { id: string; name: string } | null;
  /** What is written after `/`: lower case letters, digits and `-`. */
  shortcut: string;
  title: string;
  /** May name variables: see `fillVariables`. */
  text: string;
  /** How often it was put into a reply. */
  used: number;
  updatedAt: string;
  /** Whether the reader may change and delete it. */
  mayEdit: boolean;
};

export type ReplyDraft = { shortcut: string; title: string; text: string };
export type NewReply = ReplyDraft & { scope: ToolScope; areaId?: string | null };
