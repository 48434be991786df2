import { useTranslation } from "~/i18n/translation";
import { formatSpan } from "~/ui/format/format-span";
import type { Expected } from "../../scenarios/script";
import type { ScenarioDifference } from "../../scenarios/try-script";

/** What a bot had to say at one step, and what it says instead. */
export function DifferenceShown({ difference }: { difference: ScenarioDifference }) {
  const { t, i18n } = useTranslation();
  const { step, did, seconds } = difference;
  const done = seconds === undefined ? did : t("bots.simulator.forward", { span: formatSpan(seconds, i18n.language) });
  return (
    <div className="grid gap-1.5">
      <p className="wrap-anywhere text-sm">{t("bots.scenarios.atStep", { step, did: done })}</p>
      <div className="grid gap-2 sm:grid-cols-2">
        <Said title={t("bots.scenarios.expected")} said={difference.expected} />
        <Said title={t("bots.scenarios.got")} said={difference.got} />
      </div>
    </div>
  );
}

function Said({ title, said }: { title: string; said: Expected }) {
  const { t } = useTranslation();
  return (
    <section aria-label={title} className="min-w-0 border-line-mid border-s-2 ps-2">
      <p className="font-medium text-ink-soft text-xs">{title}</p>
      {said.says.length === 0 && <p className="text-ink-soft text-sm italic">{t("bots.scenarios.silence")}</p>}
      {said.says.map(({ text, choices }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said has no other name than its place.
        <div key={i} className="wrap-anywhere whitespace-pre-wrap text-sm">
          <bdi>{text}</bdi>
          {choices.length > 0 && <p className="text-ink-soft">[{choices.join(" · ")}]</p>}
        </div>
      ))}
      {said.ends && <p className="text-ink-soft text-sm">{t(`bots.scenarios.ends.${said.ends}`)}</p>}
    </section>
  );
}
