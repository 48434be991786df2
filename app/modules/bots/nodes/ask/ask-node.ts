import { z } from "zod";
import { DOCUMENTS } from "../../answers/documents";
import type { Answer } from "../../answers/match-answer";
import { ANSWER_TYPES, type Asked, type ReadAnswer, readAnswer } from "../../answers/read-answer";
import type { BotContent, ChoiceItem } from "../../engine/run";
import { askingExits, askingFields, onNoAnswer, onNotUnderstood, waitForAnswer } from "../asking";
import { defineNode, type NodeContext, type Outcome } from "../define-node";
import { messageText, variableName } from "../fields";

type Type = (typeof ANSWER_TYPES)[number];

const limit = z.number().min(-1e12).max(1e12).nullable().default(null);
/** Tells the editor that a field is there for one type alone. */
const ofType = (type: Type) => ({ "x-when": { type: [type] } });

const settings = z
  .strictObject({
    question: messageText,
    type: z.enum(ANSWER_TYPES).default("text"),
    saveTo: variableName.nullable().default(null),
    min: limit.meta({ description: "Of a number: the least.", ...ofType("number") }),
    max: limit.meta({ description: "Of a number: the most.", ...ofType("number") }),
    documents: z
      .array(z.enum(DOCUMENTS))
      .max(DOCUMENTS.length)
      .default([])
      .meta({ description: "Of a document: which are taken; empty: all.", ...ofType("document") }),
    pattern: z
      .string()
      .min(1)
      .max(500)
      .nullable()
      .default(null)
      .meta({
        description: "Of an own pattern: what the whole answer must look like (RE2).",
        "x-control": "pattern",
        ...ofType("pattern"),
      }),
    photosOnly: z
      .boolean()
      .default(false)
      .meta({ description: "Of a file: only pictures.", ...ofType("file") }),
    ...askingFields,
  })
  .superRefine((node, issue) => {
    if (node.type === "pattern" && node.pattern === null)
      issue.addIssue({ code: "custom", path: ["pattern"], message: "is needed for this type" });
  });

export type AskSettings = z.output<typeof settings>;

/** A sentence or a name may be anything, a command's word too; of these nothing is taken from the commands. */
const OPEN = new Set<AskSettings["type"]>(["text", "pattern", "file", "location"]);

const askedOf = (node: AskSettings, { env, flow }: NodeContext): Asked => ({
  ...{ type: node.type, pattern: node.pattern, photosOnly: node.photosOnly, min: node.min, max: node.max },
  documents: node.documents.length > 0 ? node.documents : DOCUMENTS,
  language: flow.language,
  now: env.now,
  timeZone: env.timeZone ?? "UTC",
  region: env.region ?? "",
});

/** What can be tapped instead of written. */
function itemsOf({ type }: Pick<AskSettings, "type">, texts: { yes: string; no: string }): ChoiceItem[] {
  const item = (id: string, label: string): ChoiceItem => ({ id, label, description: null });
  if (type === "yes_no") return [item("yes", texts.yes), item("no", texts.no)];
  return type === "rating" ? ["1", "2", "3", "4", "5"].map((stars) => item(stars, stars)) : [];
}

type Texts = { yes: string; no: string; listButton: string; more: string };

function contentOf(node: AskSettings, texts: Texts, id: (item: string) => string, body: string): BotContent {
  const items = itemsOf(node, texts).map((item) => ({ ...item, id: id(item.id) }));
  if (items.length === 0) return { kind: "text", text: body };
  return { kind: "choice", body, footer: null, button: texts.listButton, more: texts.more, items, page: 0 };
}

const questionOf = (node: AskSettings, ctx: NodeContext) =>
  ctx.fill(node.question).trim() || ctx.texts.invalid[node.type];

const ask = (node: AskSettings, ctx: NodeContext, body: string): Outcome => ({
  say: [{ content: contentOf(node, ctx.texts, (item) => `${ctx.node}:${item}`, body) }],
  next: waitForAnswer(node, ctx, null),
});

/** A tapped button counts as its label, whatever the channel says that it read. */
function tapped(node: AskSettings, ctx: NodeContext, answer: Answer): Answer {
  if (answer.payload === null) return answer;
  const item = itemsOf(node, ctx.texts).find(({ id }) => answer.payload === `${ctx.node}:${id}`);
  return item ? { kind: "interactive", text: item.label, payload: null } : answer;
}

const read = (node: AskSettings, ctx: NodeContext, answer: Answer): ReadAnswer | null =>
  readAnswer(tapped(node, ctx, answer), askedOf(node, ctx));

/** Asks for something of a kind and waits for it. */
export const askNode = defineNode(settings, {
  family: "ask",
  initial: () => ({ question: "", type: "text" }),
  waits: true,
  exits: () => [{ id: "answered", fallback: false }, ...askingExits],
  enter: (node, ctx) => ask(node, ctx, questionOf(node, ctx)),
  receive(node, input, ctx) {
    if (input.type === "timer") return onNoAnswer();
    if (input.type !== "answer") return { next: { do: "ignore" } };
    const answer = read(node, ctx, input.answer);
    const question = questionOf(node, ctx);
    if (answer) {
      return {
        set: node.saveTo === null ? {} : { [node.saveTo]: answer.value },
        answered: { question, answer: answer.shown },
        detail: { value: answer.value },
        next: { do: "leave", exit: "answered" },
      };
    }
    const own = [ctx.texts.invalid[node.type], `${ctx.texts.again} ${question}`];
    return onNotUnderstood(node, ctx, { question, own }, (wording) => ask(node, ctx, wording));
  },
  claims: (node, answer, ctx) => !OPEN.has(node.type) && read(node, ctx, answer) !== null,
  texts: (node) => [node.question, ...node.retry],
  sets: (node) => (node.saveTo === null ? [] : [node.saveTo]),
  checks: (node) => (node.pattern === null ? [] : [{ what: "pattern", pattern: node.pattern }]),
  shows: (node) => {
    const texts = { yes: "…", no: "….", listButton: "…", more: "…" };
    return [node.question, ...node.retry].map((body) => contentOf(node, texts, (item) => item, body));
  },
});
