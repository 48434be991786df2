import { BookmarkPlus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { LONGEST_SCENARIO_NAME } from "../../scenarios/scenario";
import { scriptOf } from "../../scenarios/script-of";
import type { SimulationControl } from "../simulator/use-simulation";
import type { Scenarios } from "./use-scenarios";

/** Keeps the conversation as it went: from then on the bot must say this whenever it is published. */
export function KeepScenario({ control, scenarios }: { control: SimulationControl; scenarios: Scenarios }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<{ error?: string; kept?: string }>({});
  const { simulation, begun } = control;
  const script = simulation.lines.some(({ from }) => from === "customer") ? scriptOf(simulation, begun) : null;
  const keep = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    if (!script) return;
    const error = await scenarios.change({ intent: "keep", name, script });
    setSaid(error ? { error } : { kept: name });
    setOpen(error !== null);
  };
  return (
    <div className="border-line border-t bg-surface px-3 py-2">
      {open && script ? (
        <form onSubmit={keep} className="flex flex-wrap items-end gap-2">
          <TextField
            name="name"
            label={t("bots.scenarios.name")}
            className="min-w-40 flex-1"
            error={said.error}
            maxLength={LONGEST_SCENARIO_NAME}
            autoComplete="off"
          />
          <Button type="submit" variant="primary">
            {t("ui.save")}
          </Button>
          <Button variant="plain" onClick={() => setOpen(false)}>
            {t("ui.cancel")}
          </Button>
        </form>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            size="sm"
            icon={<BookmarkPlus aria-hidden className="size-4" />}
            disabled={!script}
            onClick={() => {
              setSaid({});
              setOpen(true);
            }}
          >
            {t("bots.scenarios.keep")}
          </Button>
          <p role="status" className="text-jungle-text text-sm">
            {said.kept && t("bots.scenarios.kept", { name: said.kept })}
          </p>
        </div>
      )}
    </div>
  );
}
