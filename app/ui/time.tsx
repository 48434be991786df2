import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import { defaultLanguage, localeTags, toLanguage } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import { type DateReader, type DateStyle, formatDate, formatDuration, formatWhen } from "./format/format-dates";

const HOME = "America/Argentina/Buenos_Aires";
const Zone = createContext<{ timeZone: string; servedAt: number }>({ timeZone: HOME, servedAt: 0 });

/**
 * Sets the time zone in which everything inside shows dates (IANA, the organisation's), and the moment at which the server
 * rendered (ms): the browser's first render counts from it, so that both write the same.
 */
export function TimeZone(props: { timeZone?: string; servedAt?: number; children: ReactNode }) {
  const outer = useContext(Zone);
  const timeZone = props.timeZone ?? outer.timeZone;
  const servedAt = props.servedAt ?? outer.servedAt;
  const value = useMemo(() => ({ timeZone, servedAt }), [timeZone, servedAt]);
  return <Zone.Provider value={value}>{props.children}</Zone.Provider>;
}

const TICK_MS = 15_000;
const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;
let tick = 0;

/** One clock for all that shows elapsed time; it stands still while nothing does. */
function onTick(tell: () => void) {
  listeners.add(tell);
  ticking ??= setInterval(() => {
    tick = Date.now();
    for (const listener of listeners) listener();
  }, TICK_MS);
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
    tick = 0;
  };
}

const currentTick = () => {
  tick ||= Date.now();
  return tick;
};

/** Now (ms), to about a quarter of a minute; the server's moment while the page is being taken over. */
export function useNow(): number {
  const { servedAt } = useContext(Zone);
  return useSyncExternalStore(onTick, currentTick, () => servedAt);
}

/** The reader's locale and time zone, for formatDate and its kin. */
export function useDateReader(): DateReader {
  const { i18n } = useTranslation();
  const { timeZone } = useContext(Zone);
  return { locale: localeTags[toLanguage(i18n.language) ?? defaultLanguage], timeZone };
}

type Moment = string | number | Date;
const toMs = (at: Moment): number => (typeof at === "number" ? at : new Date(at).getTime());

type TimeProps = { at: Moment; className?: string };

/** An element that machines can read; renders nothing for a moment that is none. */
function TimeElement({ at, className, children, title }: TimeProps & { children: ReactNode; title?: string }) {
  const ms = toMs(at);
  if (Number.isNaN(ms)) return null;
  return (
    // The browser's tables of words may be younger than the server's; the server's wording stays then.
    <time dateTime={new Date(ms).toISOString()} title={title} className={className} suppressHydrationWarning>
      {children}
    </time>
  );
}

/** A moment: its hour, its day, its date, or all of it. */
export function Time({ at, style = "time", className }: TimeProps & { style?: DateStyle }) {
  const reader = useDateReader();
  const ms = toMs(at);
  if (Number.isNaN(ms)) return null;
  return (
    <TimeElement at={ms} className={className} title={style === "full" ? undefined : formatDate(ms, "full", reader)}>
      {formatDate(ms, style, reader)}
    </TimeElement>
  );
}

/** A moment as rows of a list show it: hour, weekday, or date, whichever says most. */
export function When({ at, className }: TimeProps) {
  const reader = useDateReader();
  const now = useNow();
  const ms = toMs(at);
  if (Number.isNaN(ms)) return null;
  return (
    <TimeElement at={ms} className={className} title={formatDate(ms, "full", reader)}>
      {formatWhen(ms, now, reader)}
    </TimeElement>
  );
}

/** How long something has been waiting since a moment ("12 min"), keeping up with the clock. */
export function WaitingTime({ since, className }: { since: Moment; className?: string }) {
  const { locale } = useDateReader();
  const now = useNow();
  return (
    <TimeElement at={since} className={className}>
      {formatDuration(now - toMs(since), locale)}
    </TimeElement>
  );
}
