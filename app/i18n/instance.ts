import { createInstance, type InitOptions, type i18n } from "i18next";
import type { Language } from "./languages";

const options = (language: Language, texts: object): InitOptions => ({
  lng: language,
  fallbackLng: false,
  resources: { [language]: { translation: texts } },
  // React escapes what it renders; escaping twice would show entities to people.
  interpolation: { escapeValue: false },
  // Everything is at hand, so that the first render already has it, on the server as in the browser.
  initImmediate: false,
  saveMissing: true,
  missingKeyHandler: (_languages, _namespace, key) => {
    // biome-ignore lint/suspicious/noConsole: a missing text is a defect that the browser stories must catch.
    console.error(`No text for "${key}" on this page in "${language}"`);
  },
});

const instances = new Map<string, i18n>();

/**
 * The translator for one language and one set of texts (JSON). Made once for each: there are as many as languages times
 * sets, and nothing ever changes one, so that requests may share them.
 */
export function i18nFor(language: Language, texts: string): i18n {
  const key = `${language} ${texts}`;
  const known = instances.get(key);
  if (known) return known;
  const made = createInstance();
  void made.init(options(language, JSON.parse(texts) as object));
  instances.set(key, made);
  return made;
}
