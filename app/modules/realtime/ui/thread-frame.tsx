import { ArrowDown } from "lucide-react";
import type { ReactNode } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Virtualizer } from "virtua";
import { useTranslation } from "~/i18n/translation";
import { CountBadge } from "~/ui/badge";
import type { useThreadScroll } from "./use-thread-scroll";

type ThreadFrameProps = { scroll: ReturnType<typeof useThreadScroll>; lines: ReactNode[] };

/** The lines of a conversation in one scroll, of which only those in sight are drawn, and the way back to the newest. */
export function ThreadFrame({ scroll, lines }: ThreadFrameProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroll.box}
        aria-label={t("conversation.thread")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with the keys must be able to get here.
        tabIndex={0}
        className="h-full overflow-y-auto overscroll-contain pb-2 outline-offset-[-2px]"
      >
        <div role="log" aria-live="polite" aria-relevant="additions" aria-label={t("conversation.thread")}>
          {hydrated ? (
            <Virtualizer ref={scroll.rows} scrollRef={scroll.box} shift={scroll.shifting} onScroll={scroll.onScroll}>
              {lines}
            </Virtualizer>
          ) : (
            lines
          )}
        </div>
      </section>
      {!scroll.atEnd && (
        <button
          type="button"
          onClick={() => void scroll.toEnd()}
          aria-label={t("conversation.jumpToLatest")}
          className="touch-target absolute right-4 bottom-3 inline-flex size-10 items-center justify-center rounded-full border border-line bg-raised text-ink-soft shadow-float hover:text-ink"
        >
          <ArrowDown aria-hidden className="size-5" />
          <span className="absolute -top-1.5 -right-1.5">
            <CountBadge count={scroll.below} />
          </span>
        </button>
      )}
    </div>
  );
}
