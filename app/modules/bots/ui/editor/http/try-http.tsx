import { CirclePlay } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { type DraftNode, lenientNode, readDraftNode } from "../../../editing/draft";
import { type HttpSettings, httpTexts } from "../../../nodes/http/http-settings";
import type { HttpTrial } from "../../../nodes/http/try-http-node.server";
import { isReadablePath, templateUses } from "../../../wording/variables";
import { changeSettings } from "../model/edits";
import { useEditor } from "../state/editor-context";
import { AnswerTree } from "./answer-tree";
import { keepValue } from "./kept-value";

/** The variables that a request is filled with, each once. */
function variablesOfRequest(node: DraftNode): string[] {
  try {
    const uses = httpTexts(lenientNode(node).settings as HttpSettings).flatMap(templateUses);
    return [...new Set(uses.map(({ path }) => path).filter(isReadablePath))];
  } catch {
    // Settings of a wrong form are told of by the form.
    return [];
  }
}

type Told = { trial: HttpTrial } | { code: string };

/** Asks the other server now, with values of one's own, and keeps what is pressed in its answer. */
export function TryHttp({ node }: { node: DraftNode }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const title = useId();
  const [samples, setSamples] = useState<{ [path: string]: string }>({});
  const [told, setTold] = useState<Told | null>(null);
  const [busy, setBusy] = useState(false);
  const paths = variablesOfRequest(node);
  const isWhole = readDraftNode(node).ok;
  const method = typeof node.settings.method === "string" ? node.settings.method : "GET";
  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    const used = Object.fromEntries(paths.map((path) => [path, samples[path] ?? ""]));
    try {
      setTold({ trial: await askServer<HttpTrial>("/bots/try", { settings: node.settings, samples: used }) });
    } catch (error) {
      setTold({ code: codeOfRefusal(error) });
    }
    setBusy(false);
  };
  return (
    <form onSubmit={ask} aria-labelledby={title} className="grid gap-3 border-line border-t pt-4">
      <div>
        <h3 id={title} className="font-semibold">
          {t("bots.http.title")}
        </h3>
        <p className="text-ink-soft text-sm">{t(method === "GET" ? "bots.http.lead" : "bots.http.leadChange")}</p>
      </div>
      {paths.map((path) => (
        <TextField
          key={path}
          label={path}
          optional
          autoComplete="off"
          maxLength={4_000}
          value={samples[path] ?? ""}
          onChange={({ target }) => setSamples((before) => ({ ...before, [path]: target.value }))}
        />
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" busy={busy} disabled={!isWhole} icon={<CirclePlay aria-hidden className="size-4" />}>
          {t("bots.http.try")}
        </Button>
        {!isWhole && <p className="text-ink-soft text-sm">{t("bots.http.incomplete")}</p>}
      </div>
      {told && (
        <Outcome
          told={told}
          node={node}
          onKeep={(steps) => store.edit(changeSettings(node.id, keepValue(node.settings, steps)))}
        />
      )}
    </form>
  );
}

type OutcomeProps = { told: Told; node: DraftNode; onKeep(steps: readonly (string | number)[]): void };

function Outcome({ told, node, onKeep }: OutcomeProps) {
  const { t } = useTranslation();
  const failure = (words: string) => (
    <p role="alert" className="text-danger-text text-sm">
      {words}
    </p>
  );
  if ("code" in told) return failure(t(`errors.${told.code}`));
  const { trial } = told;
  if ("error" in trial) return failure(t(`bots.http.failures.${trial.error}`));
  const isGood = trial.status >= 200 && trial.status < 300;
  return (
    <>
      <p role="status" className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={isGood ? "jungle" : "danger"}>{trial.status}</Badge>
        {t(isGood ? "bots.http.good" : "bots.http.bad")}
      </p>
      {typeof trial.body === "string" ? (
        <pre className="wrap-anywhere max-h-60 overflow-auto whitespace-pre-wrap rounded-sm bg-sunken p-2 text-sm">
          {trial.body || t("bots.http.nothing")}
        </pre>
      ) : (
        <>
          <p className="text-ink-soft text-sm">{t("bots.http.pick")}</p>
          <AnswerTree answer={trial.body} settings={node.settings} onKeep={onKeep} />
        </>
      )}
    </>
  );
}
