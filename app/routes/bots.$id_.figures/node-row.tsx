import { Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { NodeFigures, NodeWords } from "~/modules/bots";
import { useNodeLabel } from "~/modules/bots/ui/use-node-label";
import { formatSpan } from "~/ui/format/format-span";
import { type Asked, ticketsOf } from "./asked";

type NodeRowProps = {
  id: string;
  words: NodeWords | undefined;
  figures: NodeFigures;
  /** The most visits of any node: the longest bar. */
  most: number;
  asked: Asked;
};

const link = "touch-target text-accent-text underline underline-offset-2";

/** One node: how many came, by where they left, how long it took, and who stayed away. */
export function NodeRow({ id, words, figures, most, asked }: NodeRowProps) {
  const { t, i18n } = useTranslation();
  const { nodeLabel } = useNodeLabel();
  const { visits, dropped, failed, medianSeconds } = figures;
  return (
    <li className="grid gap-1.5 border-line border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="wrap-anywhere min-w-0 font-medium">
          <bdi>{nodeLabel(words, id)}</bdi>
          {words?.title && (
            <span className="ms-2 font-normal text-ink-soft text-sm">{t(`bots.kinds.${words.kind}.name`)}</span>
          )}
        </h2>
        <Link to={ticketsOf(asked, id)} className={`ms-auto text-sm tabular-nums ${link}`}>
          {t("bots.figures.visitsOf", { count: visits })}
        </Link>
      </div>
      <div aria-hidden className="h-3 overflow-hidden rounded-sm bg-sunken">
        <div className="h-full rounded-sm bg-river" style={{ width: `${(visits / most) * 100}%` }} />
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-ink-soft text-sm">
        <Ways id={id} words={words} figures={figures} asked={asked} />
        {dropped > 0 && (
          <Link to={ticketsOf(asked, id, { only: "dropped" })} className={link}>
            {t("bots.figures.droppedOf", { count: dropped })}
          </Link>
        )}
        {failed > 0 && (
          <Link to={ticketsOf(asked, id, { only: "failed" })} className={link}>
            {t("bots.figures.failedOf", { count: failed })}
          </Link>
        )}
        {medianSeconds !== null && medianSeconds >= 1 && (
          <span>{t("bots.figures.median", { span: formatSpan(medianSeconds, i18n.language) })}</span>
        )}
      </p>
    </li>
  );
}

/** Which shares of the visits left by which exits, the largest first. */
function Ways({ id, words, figures, asked }: Omit<NodeRowProps, "most">) {
  const { i18n } = useTranslation();
  const { exitLabel } = useNodeLabel();
  const { exits, visits } = figures;
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
  const ways = Object.entries(exits).sort(([exit, a], [other, b]) => b - a || exit.localeCompare(other));
  return ways.map(([exit, count]) => (
    <Link key={exit} to={ticketsOf(asked, id, { exit })} className={`wrap-anywhere ${link}`}>
      <bdi>{exitLabel(words, exit)}</bdi>: {percent.format(count / visits)}
    </Link>
  ));
}
