import { z } from "zod";
import type { BotContent, ChoiceItem, MediaSource } from "../../engine/run";
import { ASKING_EXITS, askingExits, askingFields, onNoAnswer, onNotUnderstood, waitForAnswer } from "../asking";
import { keptChoice, matchItems, pageAfter, payloadOf, type ShownItem } from "../choice/shown-items";
import { defineNode, type NodeContext, type Outcome } from "../define-node";
import { exitId, messageText, pictureSource, uniqueIds } from "../fields";
import { filledSource } from "../media/media-node";

const settings = z
  .strictObject({
    image: pictureSource.nullable().default(null).meta({ "x-rare": false }),
    title: z.string().trim().min(1).max(200).meta({ description: "May hold {{variables}}.", "x-control": "text" }),
    text: messageText.nullable().default(null),
    buttons: z
      .array(
        z.strictObject({
          id: exitId([...ASKING_EXITS, "next"]),
          label: z.string().trim().min(1).max(200).meta({ description: "May hold {{variables}}." }),
          synonyms: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
        }),
      )
      .max(10)
      .default([])
      .meta({ description: "Without any the flow goes on at once.", "x-control": "list" }),
    ...askingFields,
  })
  .superRefine((node, issue) => uniqueIds("buttons", node.buttons, issue));

type CardSettings = z.output<typeof settings>;
type Card = Extract<BotContent, { kind: "card" }>;

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

const shownButtons = (node: CardSettings, ctx: NodeContext): ShownItem[] =>
  node.buttons.map(({ id, label }) => {
    const shown = oneLine(ctx.fill(label)) || id;
    return { id, label: shown, description: null, value: shown };
  });

function cardOf(node: CardSettings, ctx: NodeContext, buttons: readonly ShownItem[], page = 0): Card {
  const image: MediaSource | null = node.image && filledSource(node.image, ctx);
  const items: ChoiceItem[] = buttons.map(({ id, label }) => ({
    id: payloadOf(ctx, { id }),
    label,
    description: null,
  }));
  return {
    kind: "card",
    image,
    title: oneLine(ctx.fill(node.title)) || "…",
    text: node.text === null ? null : ctx.fill(node.text).trim() || null,
    button: ctx.texts.listButton,
    more: ctx.texts.more,
    items,
    page,
  };
}

const titleOf = (node: CardSettings, ctx: NodeContext) => oneLine(ctx.fill(node.title));

/** After a misunderstanding the buttons come again under other words, without the picture. */
function askAgain(node: CardSettings, ctx: NodeContext, items: ShownItem[], wording: string, page = 0): Outcome {
  const { button, more, items: shown } = cardOf(node, ctx, items);
  return {
    say: [{ content: { kind: "choice", body: wording, footer: null, button, more, items: shown, page } }],
    next: waitForAnswer(node, ctx, { page, items }),
  };
}

/** Shows a picture with words and buttons, and waits for one where it has any. */
export const cardNode = defineNode(settings, {
  family: "say",
  initial: () => ({ title: "", buttons: [] }),
  waits: true,
  passes: ({ buttons }) => buttons.length === 0,
  exits: ({ buttons }) =>
    buttons.length === 0
      ? [{ id: "next", fallback: false }]
      : [...buttons.map(({ id }) => ({ id, fallback: false })), ...askingExits],
  enter(node, ctx) {
    const items = shownButtons(node, ctx);
    const say = [{ content: cardOf(node, ctx, items) }];
    if (items.length === 0) return { say, next: { do: "leave", exit: "next" } };
    return { say, next: waitForAnswer(node, ctx, { page: 0, items }) };
  },
  receive(node, input, ctx) {
    if (input.type === "timer") return onNoAnswer();
    if (input.type !== "answer") return { next: { do: "ignore" } };
    const kept = keptChoice(ctx.kept);
    const match = matchItems(kept.items, node.buttons, ctx, input.answer);
    const question = titleOf(node, ctx);
    if (match) {
      return {
        answered: { question, answer: match.item.label },
        detail: { item: match.item.id, by: match.by },
        next: { do: "leave", exit: match.item.id },
      };
    }
    const turned = pageAfter(cardOf(node, ctx, kept.items), kept, ctx, input.answer);
    if (turned) return askAgain(node, ctx, turned.items, question, turned.page);
    return onNotUnderstood(node, ctx, { question, own: ctx.texts.retry }, (wording) =>
      askAgain(node, ctx, kept.items, wording),
    );
  },
  claims(node, answer, ctx) {
    const { items } = keptChoice(ctx.kept);
    return matchItems(items, node.buttons, ctx, answer) !== null;
  },
  texts: (node) => [
    node.title,
    node.text ?? "",
    ...node.retry,
    ...node.buttons.map(({ label }) => label),
    ...(node.image?.from === "url" ? [node.image.url] : []),
  ],
  options: (node) => node.buttons,
  checks: ({ image }) => (image?.from === "url" ? [{ what: "url", url: image.url }] : []),
  shows: ({ image, title, text, buttons }) => {
    const items = buttons.map(({ id, label }) => ({ id, label, description: null }));
    return [{ kind: "card", image, title, text, button: "…", more: "…", items, page: 0 }];
  },
});
