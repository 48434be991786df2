import type { TFunction } from "i18next";
import type { NewNotice } from "~/modules/tickets";

/** Who did what, in words; without a name where the clock did it. */
export const noticeText = (t: TFunction, { kind, by }: Pick<NewNotice, "kind" | "by">): string =>
  by ? t(`notices.by.${kind}`, { name: by }) : t(`notices.alone.${kind}`);
