import { type FormEvent, useId } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Switch } from "~/ui/forms/switch";
import { TextField } from "~/ui/forms/text-field";
import type { Facts } from "../../simulator/situation";
import type { Json } from "../../wording/json";
import type { SimulationControl } from "./use-simulation";

const FACTS = ["inHours", "anyoneAvailable", "returning"] as const satisfies (keyof Facts)[];

const asText = (value: Json): string =>
  typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);

/** A number, a list or yes and no stays what it was; all else is words. */
function asValue(text: string, before: Json): Json {
  if (typeof before === "string" || before === null) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** What holds around the conversation: hours, people, and all variables, to be seen and set. */
export function SituationForm({ control }: { control: SimulationControl }) {
  const { t } = useTranslation();
  const { situation, run } = control.simulation;
  const spaces = { flow: run.variables, contact: situation.contact, org: situation.org };
  const variables = Object.entries(spaces).flatMap(([space, values]) =>
    Object.entries(values).map(([name, value]) => ({ path: `${space}.${name}`, value })),
  );
  return (
    <div className="grid gap-5 overflow-y-auto px-4 py-4">
      <fieldset>
        <legend className="mb-1 font-semibold text-sm">{t("bots.simulator.facts.title")}</legend>
        {FACTS.map((fact) => (
          <Switch
            key={fact}
            label={t(`bots.simulator.facts.${fact}`)}
            checked={situation[fact]}
            onChange={(event) => control.perform({ do: "change", facts: { [fact]: event.currentTarget.checked } })}
          />
        ))}
      </fieldset>
      <section className="grid gap-2">
        <h2 className="font-semibold text-sm">{t("bots.simulator.variables")}</h2>
        {variables.map(({ path, value }) => (
          <VariableForm key={`${path} ${asText(value)}`} path={path} value={value} control={control} />
        ))}
        <NewVariable control={control} />
      </section>
    </div>
  );
}

type VariableFormProps = { path: string; value: Json; control: SimulationControl };

/** One variable; set when the field is left or Enter is pressed. */
function VariableForm({ path, value, control }: VariableFormProps) {
  const id = useId();
  const settle = (text: string) => {
    if (text !== asText(value)) control.perform({ do: "set", path, value: asValue(text, value) });
  };
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-center gap-2">
      <label htmlFor={id} className="wrap-anywhere font-mono text-ink-soft text-sm">
        {path}
      </label>
      <input
        id={id}
        className="control min-w-0"
        defaultValue={asText(value)}
        onBlur={(event) => settle(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && settle(event.currentTarget.value)}
      />
    </div>
  );
}

const PATH = "(flow|contact|org)\\.[\\p{L}\\p{N}_\\-]{1,60}";

function NewVariable({ control }: { control: SimulationControl }) {
  const { t } = useTranslation();
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { path, value } = Object.fromEntries(new FormData(form)) as { path: string; value: string };
    control.perform({ do: "set", path: path.trim(), value });
    form.reset();
  };
  return (
    <form onSubmit={add} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-end gap-2">
      <TextField
        name="path"
        label={t("bots.simulator.variable")}
        placeholder="flow.pedido"
        pattern={PATH}
        title={t("bots.simulator.pathHint")}
        autoCapitalize="off"
      />
      <TextField
        name="value"
        label={t("bots.simulator.value")}
        optional
        end={<Button type="submit">{t("bots.simulator.set")}</Button>}
      />
    </form>
  );
}
