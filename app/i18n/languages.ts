export const languages = ["es", "pt", "en"] as const;
export type Language = (typeof languages)[number];

export const defaultLanguage: Language = "es";

/** BCP 47 tags for `<html lang>` and Intl: Spanish of Argentina, Portuguese of Brazil, English. */
export const localeTags: Record<Language, string> = { es: "es-AR", pt: "pt-BR", en: "en" };

/** Each language's name in itself, as a chooser shows it whatever the current language is. */
export const languageNames: Record<Language, string> = { es: "Español", pt: "Português", en: "English" };

/** The language that a tag such as `pt-PT` or `es-419` asks for, if it is one of ours. */
export function toLanguage(tag: unknown): Language | undefined {
  if (typeof tag !== "string") return undefined;
  const primary = tag.trim().toLowerCase().split("-", 1)[0];
  return languages.find((language) => language === primary);
}
