import { defaultLanguage, toLanguage } from "~/i18n/languages";
import { type Flow, flowSchema } from "../flow";
import { botTexts } from "../wording/bot-texts";

/**
 * The welcome flow that a new organisation begins with: a greeting, then a menu that waits. Ventas and Soporte hand over
 * to those areas, the opening hours come back to the menu, and whoever wants a person, or is not understood twice, gets
 * one of the channel's own area.
 * @param language of the organisation, as a tag; Spanish for one that is not ours
 * @param areas ids or names; by default the names in that language
 */
export function welcomeFlow(language: string, areas: { sales?: string; support?: string } = {}): Flow {
  const { welcome } = botTexts(language);
  const item = (id: string, label: string, synonyms: string[]) => ({ id, label, synonyms });
  return flowSchema.parse({
    schema: 1,
    name: welcome.name,
    start: "start",
    nodes: [
      { id: "start", kind: "start", position: { x: 0, y: 200 }, settings: {} },
      { id: "greeting", kind: "text", position: { x: 240, y: 200 }, settings: { texts: [welcome.greeting] } },
      {
        id: "menu",
        kind: "choice",
        position: { x: 520, y: 200 },
        settings: {
          body: welcome.question,
          retry: [welcome.retry],
          items: [
            item("sales", welcome.sales, welcome.salesSynonyms),
            item("support", welcome.support, welcome.supportSynonyms),
            item("hours", welcome.hours, welcome.hoursSynonyms),
            item("person", welcome.person, welcome.personSynonyms),
          ],
        },
      },
      {
        id: "to-sales",
        kind: "handoff",
        position: { x: 860, y: 0 },
        settings: { area: areas.sales ?? welcome.sales, message: welcome.salesHandoff },
      },
      {
        id: "to-support",
        kind: "handoff",
        position: { x: 860, y: 140 },
        settings: { area: areas.support ?? welcome.support, message: welcome.supportHandoff },
      },
      { id: "hours", kind: "text", position: { x: 860, y: 280 }, settings: { texts: [welcome.hoursText] } },
      { id: "to-person", kind: "handoff", position: { x: 860, y: 420 }, settings: { message: welcome.personHandoff } },
      { id: "silence", kind: "close", position: { x: 860, y: 560 }, settings: {} },
    ],
    edges: [
      { from: "start", exit: "next", to: "greeting" },
      { from: "greeting", exit: "next", to: "menu" },
      { from: "menu", exit: "sales", to: "to-sales" },
      { from: "menu", exit: "support", to: "to-support" },
      { from: "menu", exit: "hours", to: "hours" },
      { from: "menu", exit: "person", to: "to-person" },
      { from: "menu", exit: "else", to: "to-person" },
      { from: "menu", exit: "no_answer", to: "silence" },
      { from: "hours", exit: "next", to: "menu" },
    ],
    commands: [
      { words: welcome.menuWords, action: { kind: "restart" } },
      { words: welcome.leaveWords, action: { kind: "close", message: welcome.goodbye } },
    ],
    settings: { language: toLanguage(language) ?? defaultLanguage },
  });
}
