import { defaultLanguage, localeTags, toLanguage } from "~/i18n/languages";

const SOON_MS = 6 * 86_400_000;

/** When it opens next as the organisation says it: the day of the week and the time, with the date where that is far. */
export function sayOpening(opening: Date, now: Date, at: { locale: string; timeZone: string }): string {
  const far = opening.getTime() - now.getTime() >= SOON_MS;
  return new Intl.DateTimeFormat(localeTags[toLanguage(at.locale) ?? defaultLanguage], {
    timeZone: at.timeZone,
    weekday: "long",
    ...(far && { day: "numeric", month: "long" }),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(opening);
}

/** The organisation's text with what it asks for filled in; what has no value is left out. */
export const fillHoursText = (text: string, values: { next_opening: string }): string =>
  text.replaceAll(/\{\{\s*next_opening\s*\}\}/g, () => values.next_opening);
