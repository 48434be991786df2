import type { z } from "zod";
import type { Condition } from "../answers/conditions";
import type { Answer } from "../answers/match-answer";
import type { FlowSettings } from "../engine/flow-settings";
import type { BotContent, CloseEffect, HandoffEffect, NoteEffect, StepEnv, UpdateEffect } from "../engine/run";
import type { BotTexts } from "../wording/bot-texts";
import type { Json } from "../wording/json";
import type { Variables } from "../wording/variables";

export type NodeFamily = "start" | "say" | "ask" | "decide" | "do" | "answer" | "go" | "end";

/** A way out of a node. A `fallback` may lead nowhere, since the flow's safe way takes over; any other must lead on. */
export type Exit = { id: string; fallback: boolean };

/** Something outside the flow that its settings name; an import puts what is here in its place. */
export type Reference = { kind: "area" | "member" | "flow"; value: string };

/** What a node may know. All of it is plain data of this moment; nothing here can change the run. */
export type NodeContext = {
  node: string;
  flow: FlowSettings;
  env: StepEnv;
  texts: BotTexts;
  variables: Variables;
  fill(text: string): string;
  /** How often the run was here before; 0 at the first visit. */
  visit: number;
  /** Invalid answers since this node was entered. */
  attempts: number;
  /** The customer's last words; "" before the first. */
  heard: string;
  /** What the node kept when it began to wait; null when it is entered. */
  kept: Json;
  /** From 0 up to 1, another at each call, the same in a replay. */
  random(): number;
};

/** What a waiting node gets: the customer's answer, its timer, or the result of the server's work. */
export type NodeInput = { type: "answer"; answer: Answer } | { type: "timer" } | { type: "result"; output: Json };

export type Next =
  /** `because` names the limit that was reached: a customer's progress has none. */
  | { do: "leave"; exit: string; because?: "invalid_answers" | "no_answer" }
  /** Goes to a node without an edge. */
  | { do: "go"; node: string }
  /** Until an answer, for at most `seconds`; the timer then comes back as input. */
  | { do: "wait"; for: "answer"; seconds: number; kept: Json }
  | { do: "wait"; for: "time"; seconds: number; kept: Json }
  /** Until the server's runner of this node kind has answered `input`. */
  | { do: "wait"; for: "result"; input: Json; seconds: number; kept: Json }
  | { do: "hand_over"; to: Omit<HandoffEffect, "type" | "reason" | "node" | "summary"> & { note: string | null } }
  | { do: "close"; with: Omit<CloseEffect, "type" | "reason" | "node"> }
  /** The input was not for this node; it waits on. */
  | { do: "ignore" };

export type Outcome = {
  say?: { content: BotContent; delaySeconds?: number }[];
  /** Sets `flow.*`. */
  set?: { [name: string]: Json };
  /** What changes of the contact and the ticket, and what colleagues are told. */
  update?: Omit<UpdateEffect, "type" | "node">;
  note?: Omit<NoteEffect, "type" | "node">;
  /** What the customer answered, for the note that people get with the ticket. */
  answered?: { question: string; answer: string };
  /** The answer fitted nothing: one attempt less. */
  misunderstood?: boolean;
  /** For "why did the bot say this". */
  detail?: { [name: string]: Json };
  next: Next;
};

/** Whether an area is open, or whether anybody of it is available. */
export type DeskQuestion = { what: "hours" | "available"; area: string | null };

/** Something that an author wrote in a language of its own, as the linter checks it. */
export type Checked =
  | { what: "condition"; condition: Condition }
  | { what: "expression"; expression: string }
  | { what: "pattern"; pattern: string }
  | { what: "url"; url: string }
  | { what: "weights"; weights: number[] };

/** A choice as the linter sees it, templates unfilled. */
export type OptionWords = { label: string; synonyms: readonly string[] };

/** Where a node's work is done: in the engine alone, or by a runner in runners.server.ts too. */
export type WorkPlace = "engine" | "server";

/**
 * One kind of node: its settings (the editor draws them from the schema), its exits, and what it does. All functions are
 * pure. What throws hands the ticket to people with the reason `flow_error`.
 */
export type NodeDefinition<Settings, Place extends WorkPlace = WorkPlace> = {
  family: NodeFamily;
  settings: z.ZodType<Settings>;
  /** A fresh node's settings, as they are stored: its author may still have to fill in what the schema asks for. */
  initial(texts: BotTexts): unknown;
  /** `server` when it asks for work (waits `for: "result"`); a runner for it is then a must. */
  place?: Place;
  /** True when the run stops here until something comes from outside; a loop through it is no endless one. */
  waits: boolean;
  /** True for settings with which it does not stop after all. */
  passes?(settings: Settings): boolean;
  exits(settings: Settings): Exit[];
  enter(settings: Settings, ctx: NodeContext): Outcome;
  receive?(settings: Settings, input: NodeInput, ctx: NodeContext): Outcome;
  /** True for an answer so surely meant for this node that it outranks the flow's commands. */
  claims?(settings: Settings, answer: Answer, ctx: NodeContext): boolean;
  /** The settings with every reference replaced; without it there are none. */
  mapReferences?(settings: Settings, replace: (reference: Reference) => string): Settings;
  /** The settings with every node that they name replaced: where the run may go without an edge. */
  mapNodes?(settings: Settings, replace: (node: string) => string): Settings;
  /** What it wants to know of the desk (`StepEnv.desk`), by area as its settings name it; null as there. */
  asks?(settings: Settings): DeskQuestion[];
  /** For the linter: conditions, expressions and patterns that may be wrong, and addresses that it asks. */
  checks?(settings: Settings): Checked[];
  /** For the linter: the texts that variables go into, the `flow.*` names it sets, its choices, what it shows. */
  texts?(settings: Settings): string[];
  sets?(settings: Settings): string[];
  options?(settings: Settings): OptionWords[];
  shows?(settings: Settings): BotContent[];
};

/** A node's definition, its settings typed by their schema. */
export const defineNode = <Settings, Place extends WorkPlace = "engine">(
  settings: z.ZodType<Settings>,
  rest: Omit<NodeDefinition<Settings, Place>, "settings">,
): NodeDefinition<Settings, Place> => ({ ...rest, settings });
