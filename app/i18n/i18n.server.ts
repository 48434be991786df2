import type { i18n, TFunction } from "i18next";
import { cookieValue } from "./cookie-value";
import { i18nFor } from "./instance";
import { defaultLanguage, type Language, toLanguage } from "./languages";
import en from "./locales/en.json";
import es from "./locales/es.json";
import pt from "./locales/pt.json";
import { textSetHas } from "./sections";

type Texts = { [key: string]: string | Texts };

const locales: Record<Language, Texts> = { es, pt, en };

/** Spanish and Portuguese have a plural of their own for a million (`many`); ours reads like any other plural. */
function withMany(texts: Texts): Texts {
  const filled: Texts = {};
  for (const [key, value] of Object.entries(texts)) {
    filled[key] = typeof value === "string" ? value : withMany(value);
    const many = key.replace(/_other$/, "_many");
    if (many !== key && !(many in texts)) filled[many] = value;
  }
  return filled;
}

const serialised = new Map<string, string>();

/** The texts of a set (see sections.ts) in a language, as JSON; what the browser gets. */
export function textsFor(language: Language, set: string): string {
  const key = `${language} ${set}`;
  const known = serialised.get(key);
  if (known) return known;
  const chosen = Object.entries(locales[language]).filter(([section]) => set === "all" || textSetHas(set, section));
  const made = JSON.stringify(withMany(Object.fromEntries(chosen)));
  serialised.set(key, made);
  return made;
}

/** The languages of an Accept-Language header that are ours, best first; a missing or odd `q` counts as 1. */
function acceptedLanguages(header: string): Language[] {
  const wishes = header
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag, ...parameters] = part.split(";");
      const quality = parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find(Boolean);
      return { language: toLanguage(tag), quality: quality === undefined ? 1 : Number(quality) };
    });
  const ours = wishes.filter((wish) => wish.language !== undefined && wish.quality > 0);
  return ours.sort((a, b) => b.quality - a.quality).flatMap((wish) => wish.language ?? []);
}

/** The language of an answer: the choice kept in the cookie `lang`, else the browser's wish, else Spanish. */
export async function languageOf(request: Request): Promise<Language> {
  const chosen = toLanguage(cookieValue(request, "lang"));
  return chosen ?? acceptedLanguages(request.headers.get("Accept-Language") ?? "")[0] ?? defaultLanguage;
}

const whole = (language: Language): i18n => i18nFor(language, textsFor(language, "all"));

/** Translates for a known language: e-mails, push, texts of a bot. */
export const translatorFor = (language: Language): TFunction => whole(language).t;

/** Translates in loaders, actions and `meta`. */
export const translator = async (request: Request): Promise<TFunction> => translatorFor(await languageOf(request));
