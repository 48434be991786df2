import type { ToolScope } from "~db/schema/desk";
import type { MacroStep } from "./macro-step";

export const LONGEST_MACRO_NAME = 60;
/** So many one person, and the organisation, may keep. */
export const MOST_MACROS = 100;

/** Whose a macro may be. */
export const MACRO_SCOPES = ["member", "organisation"] as const satisfies readonly ToolScope[];
export type MacroScope = (typeof MACRO_SCOPES)[number];

/** Several deeds with a ticket under one name, done in order, all of them or none. */
export type Macro = {
  id: string;
  /** The reader's own, or everybody's. */
  scope: MacroScope;
  name: string;
  steps: MacroStep[];
  /** How many tickets it was done with. */
  used: number;
  updatedAt: string;
  /** Whether the reader may change and delete it. */
  mayEdit: boolean;
};

export type MacroDraft = { name: string; steps: readonly MacroStep[] };
export type NewMacro = MacroDraft & { scope: MacroScope };

type Named = { id: string; name: string };

/** What macros are made of and shown with. */
export type MacroDesk = {
  macros: Macro[];
  areas: Named[];
  members: Named[];
  /** To suggest. */
  tags: string[];
  /** The organisation's own reasons for closing; null where the usual ones are offered. */
  reasons: string[] | null;
  /** Texts to begin a reply with. */
  replies: { id: string; title: string; text: string }[];
  /** Its name. */
  organisation: string;
};
