import { defaultLanguage, type Language, languages, toLanguage } from "~/i18n/languages";
import en from "./en.json";
import es from "./es.json";
import pt from "./pt.json";

/**
 * What a bot says, or understands, without its author having written it, and the texts of the starter flows, in one
 * language. They are the bot's voice towards customers, not the interface: a flow is in ONE language, whatever language
 * the agent who looks at it has chosen, and they hold `{{variables}}` of flows, which i18next would take for its own.
 */
export type BotTexts = typeof es;

const texts: Record<Language, BotTexts> = { es, pt, en };

/** The bot's texts for a language tag such as "pt-BR"; Spanish for one that is not ours. */
export const botTexts = (tag: string): BotTexts => texts[toLanguage(tag) ?? defaultLanguage];

/** The words that reach a person, of every language at once: near a border customers do not write in the flow's own. */
export const agentWords: readonly string[] = [...new Set(languages.flatMap((language) => texts[language].agentWords))];
