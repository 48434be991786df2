import { holds } from "../../answers/conditions";
import { type Answer, answerWords, type MatchedBy, matchAnswer, type Option } from "../../answers/match-answer";
import { normaliseAnswer } from "../../answers/normalise-answer";
import type { BotContent } from "../../engine/run";
import type { ChoiceContent } from "../../rendering/render-choice";
import { pagesOf } from "../../rendering/render-content";
import type { Json } from "../../wording/json";
import { own } from "../../wording/json";
import { readVariable } from "../../wording/variables";
import type { NodeContext } from "../define-node";
import type { ChoiceSettings } from "./choice-node";

/** An item as the customer saw it; kept while waiting, so that a variable that changes since does not renumber it. */
export type ShownItem = { id: string; label: string; description: string | null; value: Json };

export type KeptChoice = { page: number; items: ShownItem[] };

/** A list out of a variable may be anything; more than this no customer reads. */
const MOST_ITEMS = 200;

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

function fixedItems(node: ChoiceSettings, ctx: NodeContext): ShownItem[] {
  const visible = node.items.filter((item) => item.showIf === null || holds(item.showIf, ctx.variables));
  return visible.map((item) => {
    const label = oneLine(ctx.fill(item.label)) || item.value || item.id;
    const description = item.description === null ? null : oneLine(ctx.fill(item.description)) || null;
    return { id: item.id, label, description, value: item.value === null ? label : ctx.fill(item.value) };
  });
}

const textOf = (value: Json | undefined) =>
  typeof value === "string" || typeof value === "number" ? oneLine(String(value)) : "";

function listedItem(entry: Json, index: number): ShownItem | null {
  const record = typeof entry === "object" && entry !== null && !Array.isArray(entry) ? entry : { label: entry };
  const label = textOf(own(record, "label"));
  if (label === "") return null;
  const description = textOf(own(record, "description")) || null;
  return { id: `row-${index + 1}`, label, description, value: own(record, "value") ?? label };
}

/** What can be chosen now, labels filled; entries of a variable's list that are no items are left out. */
export function shownItems(node: ChoiceSettings, ctx: NodeContext): ShownItem[] {
  if (node.itemsFrom === null) return fixedItems(node, ctx);
  const list = readVariable(ctx.variables, node.itemsFrom);
  return Array.isArray(list) ? list.slice(0, MOST_ITEMS).flatMap((entry, i) => listedItem(entry, i) ?? []) : [];
}

/** @throws when the state is of another node, which ends in the hands of people */
export function keptChoice(kept: Json): KeptChoice {
  if (typeof kept !== "object" || kept === null || Array.isArray(kept) || !Array.isArray(kept.items)) {
    throw new Error("the run does not hold what this choice has shown");
  }
  return kept as KeptChoice;
}

/** The node's id goes along, so that a button of an older menu is not taken for one of this. */
export const payloadOf = (ctx: NodeContext, item: { id: string }) => `${ctx.node}:${item.id}`;

export function choiceContent(
  node: ChoiceSettings,
  ctx: NodeContext,
  kept: KeptChoice,
  body: string,
): BotContent & ChoiceContent {
  return {
    kind: "choice",
    body,
    footer: node.footer === null ? null : ctx.fill(node.footer).trim() || null,
    button: node.button ?? ctx.texts.listButton,
    more: ctx.texts.more,
    items: kept.items.map((item) => ({ id: payloadOf(ctx, item), label: item.label, description: item.description })),
    page: kept.page,
  };
}

/** The shown item that an answer means, and what it was known by. */
export function matchItems(
  items: readonly ShownItem[],
  written: readonly { id: string; synonyms: readonly string[] }[],
  ctx: NodeContext,
  answer: Answer,
): { item: ShownItem; by: MatchedBy } | null {
  const synonyms = new Map(written.map((item) => [item.id, item.synonyms]));
  const options: Option[] = items.map((item) => ({
    id: item.id,
    label: item.label,
    payload: payloadOf(ctx, item),
    synonyms: synonyms.get(item.id) ?? [],
  }));
  const match = matchAnswer(options, answer, ctx.texts.numberWords);
  const item = match && items.find((shown) => shown.id === match.option.id);
  return item ? { item, by: match.by } : null;
}

export const matchShown = (node: ChoiceSettings, ctx: NodeContext, { items }: KeptChoice, answer: Answer) =>
  matchItems(items, node.items, ctx, answer);

/** What was shown, turned to its next page, when the answer asks for one and this channel shows it in pages; else null. */
export function pageAfter(shown: BotContent, kept: KeptChoice, ctx: NodeContext, answer: Answer): KeptChoice | null {
  const words = answerWords(answer);
  if (words !== "0" && ![ctx.texts.more, ...ctx.texts.moreWords].some((more) => normaliseAnswer(more) === words))
    return null;
  const pages = pagesOf(shown, ctx.env.limits);
  return pages > 1 ? { ...kept, page: (kept.page + 1) % pages } : null;
}

export const nextPage = (node: ChoiceSettings, ctx: NodeContext, kept: KeptChoice, answer: Answer) =>
  pageAfter(choiceContent(node, ctx, kept, ctx.fill(node.body)), kept, ctx, answer);
