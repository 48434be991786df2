import { CircleCheck, CircleX, ListChecks, MoreHorizontal, Pencil, Play, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { IconButton } from "~/ui/icon-button";
import { Dialog } from "~/ui/overlay/dialog";
import { Menu, MenuItem } from "~/ui/overlay/menu";
import { EmptyState } from "~/ui/state/empty-state";
import { Spinner } from "~/ui/state/spinner";
import type { Flow } from "../../flow";
import { LONGEST_SCENARIO_NAME, type Scenario } from "../../scenarios/scenario";
import { type ScenarioDifference, tryScript } from "../../scenarios/try-script";
import { askCompiled } from "../simulator/ask-trial";
import { TrialProblem } from "../simulator/trial-problem";
import { DifferenceShown } from "./scenario-difference";
import type { Scenarios } from "./use-scenarios";

type Results = { flow: Flow; of: Map<string, ScenarioDifference[] | null> };

/** The scenarios of a flow: tried all at once on the flow as it is drawn now, renamed, forgotten. */
export function ScenariosPanel({ flow, flowId, scenarios }: { flow: Flow; flowId: string; scenarios: Scenarios }) {
  const { t } = useTranslation();
  const [results, setResults] = useState<Results | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { list, failed } = scenarios;
  if (failed)
    return (
      <div role="alert" className="grid justify-items-start gap-2 px-4 py-4">
        <p>{t("bots.scenarios.notLoaded")}</p>
        <Button onClick={scenarios.load}>{t("ui.retry")}</Button>
      </div>
    );
  if (!list) return <Spinner className="mx-auto my-8 size-6" />;
  if (list.length === 0)
    return <EmptyState icon={<ListChecks />} title={t("bots.scenarios.empty")} text={t("bots.scenarios.emptyText")} />;
  const run = async () => {
    setProblem(null);
    try {
      const compiled = await askCompiled(flowId, flow);
      const of = new Map(list.map(({ id, script }) => [id, script && tryScript(compiled, script)]));
      setResults({ flow, of });
    } catch (error) {
      setProblem(error);
    }
  };
  const shown = results?.flow === flow ? results.of : null;
  const passed = list.filter(({ id }) => shown?.get(id)?.length === 0).length;
  return (
    <div className="grid content-start gap-3 overflow-y-auto px-4 py-4">
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" icon={<Play aria-hidden className="size-4" />} onClick={() => void run()}>
          {t("bots.scenarios.run")}
        </Button>
        <p role="status" className="text-ink-soft text-sm">
          {shown && t("bots.scenarios.passed", { passed, all: list.length })}
        </p>
      </div>
      {problem !== null && <TrialProblem problem={problem} onRetry={() => void run()} />}
      <ul className="grid">
        {list.map((scenario) => (
          <ScenarioRow key={scenario.id} scenario={scenario} result={shown?.get(scenario.id)} scenarios={scenarios} />
        ))}
      </ul>
    </div>
  );
}

type ScenarioRowProps = { scenario: Scenario; result: ScenarioDifference[] | null | undefined; scenarios: Scenarios };

function ScenarioRow({ scenario, result, scenarios }: ScenarioRowProps) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<"rename" | "delete" | null>(null);
  return (
    <li className="grid gap-2 border-line border-b py-1.5 last:border-b-0">
      <div className="flex items-center gap-2">
        <bdi className="min-w-0 flex-1 truncate">{scenario.name}</bdi>
        {result !== undefined && <Verdict passed={result?.length === 0} />}
        <Menu
          trigger={
            <IconButton
              label={t("bots.scenarios.more", { name: scenario.name })}
              icon={<MoreHorizontal aria-hidden />}
            />
          }
          onAction={(id) => setDoing(id as typeof doing)}
        >
          <MenuItem id="rename" icon={<Pencil aria-hidden />}>
            {t("bots.scenarios.rename")}
          </MenuItem>
          <MenuItem id="delete" icon={<Trash2 aria-hidden />} danger>
            {t("bots.scenarios.delete")}
          </MenuItem>
        </Menu>
      </div>
      {result === null && <p className="text-danger-text text-sm">{t("bots.scenarios.unreadable")}</p>}
      {result?.map((difference) => (
        <DifferenceShown key={difference.step} difference={difference} />
      ))}
      {doing === "rename" && <Rename {...{ scenario, scenarios }} onDone={() => setDoing(null)} />}
      {doing === "delete" && <Forget {...{ scenario, scenarios }} onDone={() => setDoing(null)} />}
    </li>
  );
}

function Verdict({ passed }: { passed: boolean }) {
  const { t } = useTranslation();
  return passed ? (
    <Badge tone="jungle" icon={<CircleCheck aria-hidden />}>
      {t("bots.scenarios.pass")}
    </Badge>
  ) : (
    <Badge tone="danger" icon={<CircleX aria-hidden />}>
      {t("bots.scenarios.fail")}
    </Badge>
  );
}

type DoingProps = { scenario: Scenario; scenarios: Scenarios; onDone: () => void };

function Rename({ scenario, scenarios, onDone }: DoingProps) {
  const { t } = useTranslation();
  const [error, setError] = useState<string | null>(null);
  const rename = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    const refused = await scenarios.change({ intent: "rename", id: scenario.id, name });
    setError(refused);
    if (!refused) onDone();
  };
  return (
    <form onSubmit={rename} className="flex flex-wrap items-end gap-2">
      <TextField
        name="name"
        label={t("bots.scenarios.name")}
        className="min-w-40 flex-1"
        defaultValue={scenario.name}
        error={error ?? undefined}
        maxLength={LONGEST_SCENARIO_NAME}
        autoComplete="off"
        autoFocus
      />
      <Button type="submit" variant="primary">
        {t("ui.save")}
      </Button>
      <Button variant="plain" onClick={onDone}>
        {t("ui.cancel")}
      </Button>
    </form>
  );
}

function Forget({ scenario, scenarios, onDone }: DoingProps) {
  const { t } = useTranslation();
  const [error, setError] = useState<string | null>(null);
  const forget = async () => {
    const refused = await scenarios.change({ intent: "delete", id: scenario.id });
    setError(refused);
    if (!refused) onDone();
  };
  return (
    <Dialog
      title={t("bots.scenarios.deleteTitle", { name: scenario.name })}
      role="alertdialog"
      size="sm"
      open
      onOpenChange={(open) => open || onDone()}
      footer={
        <>
          <Button variant="plain" onClick={onDone}>
            {t("ui.cancel")}
          </Button>
          <Button variant="danger" onClick={forget}>
            {t("bots.scenarios.delete")}
          </Button>
        </>
      }
    >
      <p>{t("bots.scenarios.deleteText")}</p>
      {error && (
        <p role="alert" className="text-danger-text">
          {error}
        </p>
      )}
    </Dialog>
  );
}
