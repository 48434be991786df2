import { BookmarkCheck, BookmarkPlus } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import type { Settings } from "../../../editing/draft";
import type { Json } from "../../../wording/json";
import { answerPath, keptAs, mayKeepMore } from "./kept-value";

type Steps = readonly (string | number)[];

type AnswerTreeProps = { answer: Json; settings: Settings; onKeep(steps: Steps): void };

/** So many entries of a list or an object are shown. */
const MOST_ENTRIES = 30;
const DEEPEST = 8;

/** What a server answered, value by value: each can be kept by pressing it. */
export function AnswerTree({ answer, settings, onKeep }: AnswerTreeProps) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t("bots.http.answer")} className="max-h-80 overflow-auto rounded-sm bg-sunken p-1 text-sm">
      <Value name="$" steps={[]} {...{ answer, settings, onKeep }} />
    </ul>
  );
}

/** Those of a value; null for one that has none. */
function entriesOf(value: Json): [string | number, Json][] | null {
  if (Array.isArray(value)) return value.map((entry, at) => [at, entry]);
  return typeof value === "object" && value !== null ? Object.entries(value) : null;
}

function Value({ name, steps, answer, settings, onKeep }: AnswerTreeProps & { name: string; steps: Steps }) {
  const { t } = useTranslation();
  const entries = entriesOf(answer);
  const rest = (entries?.length ?? 0) - MOST_ENTRIES;
  return (
    <li>
      <ValueRow name={name} steps={steps} {...{ answer, settings, onKeep }} />
      {entries && entries.length > 0 && steps.length < DEEPEST && (
        <ul className="ml-2 border-line border-l pl-2">
          {entries.slice(0, MOST_ENTRIES).map(([key, entry]) => (
            <Value
              key={key}
              name={typeof key === "number" ? `[${key}]` : key}
              steps={[...steps, key]}
              answer={entry}
              {...{ settings, onKeep }}
            />
          ))}
          {rest > 0 && <li className="px-2 py-1 text-ink-soft">{t("bots.http.more", { count: rest })}</li>}
        </ul>
      )}
    </li>
  );
}

function ValueRow({ name, steps, answer, settings, onKeep }: AnswerTreeProps & { name: string; steps: Steps }) {
  const { t } = useTranslation();
  const path = answerPath(steps);
  const kept = path === null ? null : keptAs(settings, path);
  const Icon = kept === null ? BookmarkPlus : BookmarkCheck;
  const words = Array.isArray(answer)
    ? t("bots.http.list", { count: answer.length })
    : typeof answer === "object" && answer !== null
      ? ""
      : JSON.stringify(answer);
  return (
    <button
      type="button"
      disabled={path === null || (kept === null && !mayKeepMore(settings))}
      title={kept === null ? t("bots.http.keepTip") : undefined}
      onClick={() => onKeep(steps)}
      className="group flex min-h-7 w-full items-start gap-2 rounded-sm px-2 py-1 text-left hover:bg-hover disabled:hover:bg-transparent pointer-coarse:min-h-11 pointer-coarse:items-center"
    >
      <span className="wrap-anywhere min-w-0 flex-1">
        <span className="text-ink-soft">{name}</span>
        {words !== "" && <bdi className="ml-2 line-clamp-3">{words}</bdi>}
      </span>
      {path !== null && (
        <span className="sr-only">{t(kept === null ? "bots.http.keep" : "bots.http.kept", { path })}</span>
      )}
      {kept !== null && <span className="shrink-0 font-medium text-jungle-text">{kept}</span>}
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${kept === null ? "text-ink-faint group-hover:text-ink" : "text-jungle-text"}`}
      />
    </button>
  );
}
