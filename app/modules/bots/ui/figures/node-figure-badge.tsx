import { useTranslation } from "~/i18n/translation";
import { type NodeFigures, shareOf } from "../../figures/figures";
import { RETURNED } from "../../nodes/call_flow/call-flow-node";

/** How many came to a node, and, where somebody did, how many stayed away there. */
export function NodeFigureBadge({ figures }: { figures: NodeFigures }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <span className="inline-flex items-center gap-1.5 rounded-sm bg-river-soft px-1.5 py-0.5 font-medium text-river-text text-xs tabular-nums">
      <span>
        <span aria-hidden>{number.format(figures.visits)}</span>
        <span className="sr-only">{t("bots.figures.visitsOf", { count: figures.visits })}</span>
      </span>
      {figures.dropped > 0 && (
        <span className="text-danger-text">
          <span aria-hidden>−{number.format(figures.dropped)}</span>
          <span className="sr-only">{t("bots.figures.droppedOf", { count: figures.dropped })}</span>
        </span>
      )}
    </span>
  );
}

/** Which share of a node's visits left by an exit; nothing where nobody came, or where others did the leaving. */
export function EdgeShare({ figures, exit }: { figures: NodeFigures | undefined; exit: string }) {
  const { i18n } = useTranslation();
  // Called nodes return where their own exits end.
  if (!figures || figures.visits === 0 || exit === RETURNED) return null;
  const share = shareOf(figures.exits[exit] ?? 0, figures.visits);
  return (
    <span className="text-ink-soft text-xs tabular-nums">
      {new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 }).format(share)}
    </span>
  );
}
