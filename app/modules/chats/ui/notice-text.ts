import type { TFunction } from "i18next";
import type { Notice } from "~/modules/messaging";

/** What a group's notice says, in the reader's language. */
export function noticeText(t: TFunction, { what, by, about }: Notice, language: string): string {
  const names = new Intl.ListFormat(language, { type: "conjunction" }).format(about);
  return t(`chat.notices.${what}`, { by, about: names });
}
