import { z } from "zod";
import { conditionSchema, variablesOfCondition } from "../../answers/conditions";
import { ASKING_EXITS, askingExits, askingFields, onNoAnswer, onNotUnderstood, waitForAnswer } from "../asking";
import { defineNode, type NodeContext, type Outcome } from "../define-node";
import { exitId, messageText, uniqueIds, variableName } from "../fields";
import { choiceContent, type KeptChoice, keptChoice, matchShown, nextPage, shownItems } from "./shown-items";

const itemSchema = z.strictObject({
  id: exitId(ASKING_EXITS),
  label: z.string().trim().min(1).max(200).meta({ description: "May hold {{variables}}." }),
  description: z.string().trim().min(1).max(500).nullable().default(null),
  value: z.string().max(500).nullable().default(null).meta({ description: "What is saved; null: the label." }),
  synonyms: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
  showIf: conditionSchema.nullable().default(null),
});

export const choiceSettings = z
  .strictObject({
    body: messageText,
    footer: z.string().trim().min(1).max(500).nullable().default(null).meta({ "x-rare": true }),
    button: z
      .string()
      .trim()
      .min(1)
      .max(20)
      .nullable()
      .default(null)
      .meta({ description: "Opens a list; null: the bot's own words." }),
    items: z.array(itemSchema).max(200).default([]),
    itemsFrom: z
      .string()
      .min(1)
      .max(200)
      .nullable()
      .default(null)
      .meta({ description: "A variable that holds a list of texts or of {label, value, description}: exit chosen." }),
    saveTo: variableName.nullable().default(null),
    ...askingFields,
  })
  .superRefine((node, issue) => {
    if (node.itemsFrom === null && node.items.length === 0) {
      issue.addIssue({ code: "custom", path: ["items"], message: "needs at least one item, or itemsFrom" });
    }
    if (node.itemsFrom !== null && node.items.length > 0) {
      issue.addIssue({ code: "custom", path: ["itemsFrom"], message: "excludes items" });
    }
    uniqueIds("items", node.items, issue);
  });

export type ChoiceSettings = z.output<typeof choiceSettings>;

function ask(node: ChoiceSettings, ctx: NodeContext, kept: KeptChoice, wording: string): Outcome {
  return {
    say: [{ content: choiceContent(node, ctx, kept, wording) }],
    next: waitForAnswer(node, ctx, kept),
  };
}

const questionOf = (node: ChoiceSettings, ctx: NodeContext) => ctx.fill(node.body).trim() || ctx.texts.choose;

/** Offers items and waits for one; how they look is the channel's matter. */
export const choiceNode = defineNode(choiceSettings, {
  family: "ask",
  initial: (texts) => ({ body: texts.choose, items: [{ id: "item-1", label: "" }] }),
  waits: true,
  exits(node) {
    const chosen = node.itemsFrom === null ? node.items.map((item) => item.id) : ["chosen"];
    return [...chosen.map((id) => ({ id, fallback: false })), ...askingExits];
  },
  enter(node, ctx) {
    const items = shownItems(node, ctx);
    // With nothing to choose from no answer could fit.
    if (items.length === 0) {
      return { detail: { items: 0 }, next: { do: "leave", exit: "else", because: "invalid_answers" } };
    }
    return ask(node, ctx, { page: 0, items }, questionOf(node, ctx));
  },
  receive(node, input, ctx) {
    if (input.type === "timer") return onNoAnswer();
    if (input.type !== "answer") return { next: { do: "ignore" } };
    const kept = keptChoice(ctx.kept);
    const match = matchShown(node, ctx, kept, input.answer);
    if (match) {
      const { item, by } = match;
      return {
        set: node.saveTo === null ? {} : { [node.saveTo]: item.value },
        answered: { question: questionOf(node, ctx), answer: item.label },
        detail: { item: item.id, by },
        next: { do: "leave", exit: node.itemsFrom === null ? item.id : "chosen" },
      };
    }
    const turned = nextPage(node, ctx, kept, input.answer);
    if (turned) return ask(node, ctx, turned, questionOf(node, ctx));
    const asked = { question: questionOf(node, ctx), own: ctx.texts.retry };
    return onNotUnderstood(node, ctx, asked, (wording) => ask(node, ctx, { ...kept, page: 0 }, wording));
  },
  claims(node, answer, ctx) {
    const kept = keptChoice(ctx.kept);
    return matchShown(node, ctx, kept, answer) !== null || nextPage(node, ctx, kept, answer) !== null;
  },
  texts: (node) => [
    node.body,
    ...(node.footer === null ? [] : [node.footer]),
    ...node.retry,
    ...node.items.flatMap((item) => [item.label, item.description ?? "", item.value ?? ""]),
    ...(node.itemsFrom === null ? [] : [`{{${node.itemsFrom}}}`]),
    ...node.items.flatMap((item) => (item.showIf === null ? [] : variablesOfCondition(item.showIf))),
  ],
  checks: (node) =>
    node.items.flatMap(({ showIf }) => (showIf === null ? [] : [{ what: "condition" as const, condition: showIf }])),
  sets: (node) => (node.saveTo === null ? [] : [node.saveTo]),
  options: (node) => node.items,
  shows: (node) => {
    const items = node.items.map(({ id, label, description }) => ({ id, label, description }));
    const form = { footer: node.footer, button: node.button ?? "…", more: "…", items, page: 0 };
    return items.length === 0 ? [] : [node.body, ...node.retry].map((body) => ({ kind: "choice", body, ...form }));
  },
});
