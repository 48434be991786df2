import { ArrowDown } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import { CountBadge } from "~/ui/badge";
import type { Block } from "./thread-rows";
import type { useThreadScroll } from "./use-thread-scroll";

type ThreadFrameProps = {
  /** What it is called where another conversation stands beside it. */
  label?: string;
  scroll: ReturnType<typeof useThreadScroll>;
  blocks: readonly Block[];
  lines: readonly ReactNode[];
  /** Lines on their way, after the others. */
  pending: readonly ReactNode[];
};

/**
 * The lines of a conversation in one scroll, and the way back to the newest. It has a ground of its own: only what is opaque
 * can browsers scroll without drawing every line anew.
 */
export function ThreadFrame({ label, scroll, blocks, lines, pending }: ThreadFrameProps) {
  const { t } = useTranslation();
  const name = label ?? t("conversation.thread");
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroll.box}
        aria-label={name}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with the keys must be able to get here.
        tabIndex={0}
        onScroll={scroll.onScroll}
        className="relative h-full overflow-y-auto overscroll-contain bg-canvas pb-2 [overflow-anchor:none] outline-offset-[-2px]"
      >
        <div role="log" aria-live="polite" aria-relevant="additions" aria-label={name}>
          {blocks.map(({ key, from, to }) => (
            <div key={key}>{lines.slice(from, to)}</div>
          ))}
          {pending.length > 0 && <div>{pending}</div>}
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
