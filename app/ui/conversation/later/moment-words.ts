import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "~/i18n/translation";
import { type DateReader, daysAgo, formatDate } from "../../format/format-dates";
import { useDateReader } from "../../time";

/** A moment with its day: "hoy 14:05", "mañana 9:00", and further away the whole date. */
export function dayAndTime(t: TFunction, at: number, now: number, reader: DateReader): string {
  const near: Record<number, string> = { [-1]: "later.tomorrow", 0: "later.today", 1: "later.yesterday" };
  const key = near[daysAgo(at, now, reader.timeZone)];
  return key ? t(key, { time: formatDate(at, "time", reader) }) : formatDate(at, "full", reader);
}

/** The same by the clock of this device: for what its owner chose by it. */
export function useMomentWords(): (at: number) => string {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  return useCallback(
    (at: number) => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      return dayAndTime(t, at, Date.now(), { locale, timeZone });
    },
    [t, locale],
  );
}
