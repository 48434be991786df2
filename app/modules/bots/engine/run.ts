import type { ChannelLimits } from "~/modules/channels";
import type { Answer } from "../answers/match-answer";
import type { Json } from "../wording/json";
import type { Namespace, Variables } from "../wording/variables";

/** Why a run was handed to people. `handoff` and `command` were wanted; the others are the flow's or the bot's limits. */
export type HandoffReason =
  | "handoff"
  | "command"
  | "invalid_answers"
  | "no_answer"
  | "missing_exit"
  | "loop"
  | "flow_error";

export type CloseReason = "close" | "command" | "no_answer";

/** What a node waits for. `kept` is what it wants to find again when the run goes on. */
export type Waiting = {
  node: string;
  for: "answer" | "time" | "result";
  /** The timer that ends the waiting, null where none does. */
  timer: string | null;
  /** The server's work whose result is awaited, null unless `for` is `result`. */
  call: string | null;
  kept: Json;
  /** What that work is asked, and how often it was begun: only those who do the work read and count it. */
  input?: Json;
  tries?: number;
};

export type CollectedAnswer = { node: string; question: string; answer: string };

/** What the loop guard counts. The windows begin with their first message and are replaced once they are over. */
export type GuardState = {
  /** Bot messages since the last answer that moved the run. */
  said: number;
  /** The last text said, as a fingerprint, and how often it was said in a row since then. */
  last: string | null;
  repeated: number;
  /** Server work asked for since then. */
  worked?: number;
  minute: { from: string; heard: number };
  hour: { from: string; heard: number };
  /** Absent in runs of before it was counted. */
  day?: { from: string; heard: number };
};

/**
 * Where one customer is in one version of a flow: plain JSON, never changed in place. Stored after every event, in the
 * transaction that carries out the effects.
 */
export type RunState = {
  schema: 1;
  /** The node that spoke last, or null before the start. */
  node: string | null;
  /** `flow.*`. */
  variables: { [name: string]: Json };
  /** How often each node was entered. */
  visits: { [node: string]: number };
  /** Invalid answers of each asking node since it was entered. */
  attempts: { [node: string]: number };
  answers: CollectedAnswer[];
  waiting: Waiting | null;
  /** The node to ask again once a command's detour has ended. */
  resume: string | null;
  /** Grows with every timer and call, so that their ids never come back. */
  serial: number;
  guard: GuardState;
  /** The last events taken, newest last; one that comes again changes nothing. */
  seen: string[];
  /** The customer's last words, cut to 1,000 characters; for the nodes that answer without having asked. */
  heard: string;
  done: { by: "handoff"; reason: HandoffReason } | { by: "close"; reason: CloseReason } | null;
};

/** `id` names the event for ever (the message's id, the timer's job): the same id twice is the same event. */
export type RunEvent =
  | { type: "start"; id: string; message: Answer | null }
  | { type: "message"; id: string; message: Answer }
  | { type: "timer"; id: string; timer: string }
  | { type: "result"; id: string; call: string; output: Json };

/**
 * What a flow asks of the desk, by the area as the flow names it; "" is the ticket's own (for hours: the organisation's).
 * Only what its nodes ask for (`asks`) is filled in.
 */
export type DeskFacts = {
  hours: { readonly [area: string]: { open: boolean; opensAt: string | null } };
  available: { readonly [area: string]: boolean };
};

/** What the engine may not find out by itself. */
export type StepEnv = {
  /** RFC 3339. */
  now: string;
  /** From 0 up to 1; the only source of chance, so that a replay chooses alike. */
  random: number;
  /** The channel's kind, also `system.channel`. */
  channel: string;
  limits: ChannelLimits;
  /** The organisation's IANA zone, UTC where left out, and its country (ISO 3166), whose telephones need no prefix. */
  timeZone?: string;
  region?: string;
  /** Open and available where nothing is said. */
  desk?: DeskFacts;
  /** `flow.*` is the run's; `system.channel` and `system.now` come from this environment. */
  variables: { readonly [N in Exclude<Namespace, "flow">]?: Variables[N] };
};

/** One of the things to choose, as it is shown. `id` comes back when it is tapped. */
export type ChoiceItem = { id: string; label: string; description: string | null };

/** What the bot says, free of any channel's words. */
export type MediaKind = "image" | "video" | "audio" | "file";

/** Where a picture, sound or file lies: one of the organisation's files, or a public address. */
export type MediaSource = { from: "file"; file: string } | { from: "url"; url: string };

export type BotContent =
  | { kind: "text"; text: string }
  | { kind: "media"; media: MediaKind; source: MediaSource; caption: string | null }
  /** A picture with words and buttons; `button` and `more` are for channels that show them as a list or in pages. */
  | {
      kind: "card";
      image: MediaSource | null;
      title: string;
      text: string | null;
      button: string;
      more: string;
      items: ChoiceItem[];
      page: number;
    }
  | {
      kind: "choice";
      body: string;
      footer: string | null;
      /** The words on the button that opens a list. */
      button: string;
      /** The words that show the next page of a long choice, answered by them or by 0. */
      more: string;
      items: ChoiceItem[];
      /** Which page of a numbered choice, from 0; over the last one it begins again. */
      page: number;
    };

export type HandoffEffect = {
  type: "handoff";
  reason: HandoffReason;
  node: string | null;
  /** An area's id or name; null is the channel's own. One that does not exist counts as null. */
  area: string | null;
  assignee: { kind: "member"; member: string } | { kind: "last" } | null;
  priority: "low" | "normal" | "high" | "urgent" | null;
  /** What the customer is told: always, out of hours, with nobody available. Null says nothing (or `message`). */
  message: string | null;
  messageClosed: string | null;
  messageAway: string | null;
  summary: { note: string | null; answers: CollectedAnswer[] };
};

export type CloseEffect = {
  type: "close";
  reason: CloseReason;
  node: string | null;
  /** The last thing said, if anything. */
  message: string | null;
  /** The organisation's closing reason and tags, as the flow's author named them. */
  label: string | null;
  tags: string[];
  askRating: boolean;
};

/** Texts are filled; an empty one takes the value away. Fields are `name`, `email`, `phone` or the organisation's own. */
export type UpdateEffect = {
  type: "update";
  node: string;
  contact: { [field: string]: string };
  contactTags: { add: string[]; remove: string[] };
  tags: { add: string[]; remove: string[] };
  priority: "low" | "normal" | "high" | "urgent" | null;
  /** An area's id or name; null leaves it. */
  area: string | null;
};

/** A note for colleagues, and the members who are told of it: those named, and everybody of an area. */
export type NoteEffect = { type: "note"; node: string; text: string; members: string[]; area: string | null };

/** Carried out by whoever calls the engine, in the transaction that stores the new state, in this order. */
export type Effect =
  /** `key` is unique in the conversation and the same at every replay. `delaySeconds` after the message before it. */
  | { type: "send"; key: string; node: string; content: BotContent; delaySeconds: number }
  | { type: "set_timer"; timer: string; node: string; at: string }
  | { type: "cancel_timer"; timer: string }
  /** Work for the server's runner of that node kind; its result comes back as an event with the same `call`. */
  | { type: "call"; call: string; node: string; kind: string; input: Json }
  | UpdateEffect
  | NoteEffect
  | HandoffEffect
  | CloseEffect;

/** One line of "why did the bot say this". */
export type TraceEntry = {
  at: string;
  node: string | null;
  what:
    | "entered"
    | "said"
    | "asked"
    | "answered"
    | "not_understood"
    | "left"
    | "command"
    | "timer"
    | "result"
    | "ignored"
    | "ended"
    | "fault";
  detail: { [name: string]: Json };
};

export type StepResult = { state: RunState; effects: Effect[]; trace: TraceEntry[] };

const NEVER = { from: "", heard: 0 };

/**
 * A run that has not begun.
 * @param variables the flow's arguments
 * @param before what the conversation's run before it counted: two bots that close each time talk on all the same
 */
export function newRun(variables: { [name: string]: Json } = {}, before?: GuardState): RunState {
  return {
    schema: 1,
    node: null,
    variables,
    visits: {},
    attempts: {},
    answers: [],
    waiting: null,
    resume: null,
    serial: 0,
    guard: {
      ...{ said: 0, last: null, repeated: 0 },
      ...{ minute: before?.minute ?? NEVER, hour: before?.hour ?? NEVER, day: before?.day ?? NEVER },
    },
    seen: [],
    heard: "",
    done: null,
  };
}
