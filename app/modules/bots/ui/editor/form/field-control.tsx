import { useTranslation } from "~/i18n/translation";
import { Checkbox } from "~/ui/forms/checkbox";
import { Select } from "~/ui/forms/select";
import { TextArea } from "~/ui/forms/text-area";
import { TextField } from "~/ui/forms/text-field";
import { completeValue, isRecord } from "../../../editing/complete-settings";
import { FileControl } from "../files/file-control";
import { useDraft } from "../state/editor-context";
import { useWords } from "../words";
import { ConditionControl } from "./condition-control";
import { DurationControl } from "./duration-control";
import { EntriesControl } from "./entries-control";
import { isWrongWithin, problemAt, useForm } from "./form-context";
import { type Control, type Field, fieldsOfUse } from "./form-fields";
import { ListControl, type Parts } from "./list-control";
import { ReferenceControl } from "./reference-control";
import { SuggestingLine } from "./suggesting-line";
import { TemplateText } from "./template-text";
import type { Path } from "./value-at";

type FieldControlProps = { field: Field; value: unknown; path: Path; hideLabel?: boolean };

/** One field of a form with its name: whatever its schema asks for. */
export function FieldControl({ field, value, path, hideLabel }: FieldControlProps) {
  const form = useForm();
  const label = useWords().fieldName(form.of, field.words);
  const { control, nullable } = field;
  const shown = value === undefined ? field.fresh : value;
  if (nullable && isLarge(control)) return <Switched field={field} value={shown} path={path} label={label} />;
  return (
    <ControlOf
      control={control}
      label={label}
      words={field.words}
      value={shown}
      path={path}
      nullable={nullable}
      hideLabel={hideLabel}
    />
  );
}

/** What cannot show by an empty field that it is not set. */
const isLarge = ({ type }: Control) => ["group", "variants", "condition", "list", "entries", "json"].includes(type);

/** Something that may be left out whole: a switch, and what it is of below it. */
function Switched({ field, value, path, label }: FieldControlProps & { label: string }) {
  const form = useForm();
  const isOn = value !== null && value !== undefined;
  const fresh = () => {
    const [first] = field.control.type === "variants" ? field.control.variants : [];
    const schema = first?.schema ?? { ...field.schema, default: undefined, anyOf: withoutNull(field.schema.anyOf) };
    return completeValue(schema, undefined, form.root);
  };
  const set = (on: boolean) => form.change(path, on ? fresh() : null);
  return (
    <div className="grid gap-2">
      <Checkbox label={label} checked={isOn} onChange={(event) => set(event.target.checked)} className="font-medium" />
      {isOn && (
        <div className="grid gap-3 border-line border-l-2 pl-3">
          <ControlOf {...{ control: field.control, label, words: field.words, value, path }} hideLabel />
        </div>
      )}
    </div>
  );
}

const withoutNull = (list: Field["schema"]["anyOf"]) => list?.filter(({ type }) => type !== "null");

type ControlProps = {
  control: Control;
  label: string;
  words: string;
  value: unknown;
  path: Path;
  nullable?: boolean;
  hideLabel?: boolean;
};

/** What draws a value, by what its schema takes. */
export function ControlOf(props: ControlProps) {
  const { control, label, words, value, path, nullable = false, hideLabel } = props;
  const form = useForm();
  const draft = useDraft();
  const name = useWords();
  const { t } = useTranslation();
  const problem = problemAt(form, path);
  const error = problem && name.problemText(problem, draft);
  const set = (to: unknown) => form.change(path, to);
  // An empty line of what may be null is none.
  const setText = (text: string) => set(nullable && text === "" ? null : text);
  // What is wrong says enough by itself.
  const hint = hideLabel || error ? undefined : name.fieldHint(form.of, words, nullable);
  const none = name.noneName(form.of, words);
  const common = { label, hint, error, hideLabel, optional: nullable };
  const text = typeof value === "string" ? value : "";
  switch (control.type) {
    case "line":
      if (control.suggests) return <SuggestingLine {...common} of={control.suggests} value={text} onChange={setText} />;
      return (
        <TextField
          {...common}
          placeholder={hideLabel ? label : undefined}
          value={text}
          maxLength={control.max}
          onChange={(e) => setText(e.target.value)}
        />
      );
    case "text":
      return <TemplateText {...common} value={text} maxLength={control.max} onChange={setText} />;
    case "number":
      return <NumberField {...common} {...control} value={value} onChange={set} nullable={nullable} />;
    case "duration":
      return <DurationControl {...common} value={value} onChange={set} nullable={nullable} least={control.min ?? 0} />;
    case "switch":
      return <Checkbox {...{ label, hint }} checked={value === true} onChange={(event) => set(event.target.checked)} />;
    case "options":
      return (
        <Select {...common} value={text} onChange={(e) => setText(e.target.value)}>
          {(nullable || text === "") && <option value="">{nullable ? none : t("bots.editor.choose")}</option>}
          {control.values.map((one) => (
            <option key={one} value={one}>
              {name.optionOf(words, one)}
            </option>
          ))}
        </Select>
      );
    case "reference":
      return <ReferenceControl {...common} {...{ none, nullable }} to={control.to} value={text} onChange={set} />;
    case "file":
      return <FileControl {...{ label, error, hideLabel, path }} accept={control.accept} value={text} onChange={set} />;
    case "list":
      return <ListControl parts={PARTS} {...{ control, label, hint, words, value, path, error, hideLabel }} />;
    case "group":
      return (
        <fieldset className="grid gap-3">
          <legend className={hideLabel ? "sr-only" : "mb-2 font-medium text-sm"}>{label}</legend>
          <Fields fields={control.fields} value={value} path={path} />
        </fieldset>
      );
    case "variants":
      return <VariantsControl {...{ control, label, words, value, path, error, hideLabel }} />;
    case "condition":
      return <ConditionControl {...{ label, value, path, hideLabel }} />;
    case "entries":
      return <EntriesControl {...{ label, value, hideLabel }} onChange={set} />;
    case "json":
      return <JsonField {...common} value={value} onChange={set} />;
  }
}

/** The fields of one object. */
export function Fields({ fields, value, path }: { fields: readonly Field[]; value: unknown; path: Path }) {
  const form = useForm();
  const record = isRecord(value) ? value : {};
  const used = fieldsOfUse(fields, record, (name) => isWrongWithin(form, [...path, name]));
  return used.map((field) => (
    <FieldControl key={field.name} field={field} value={record[field.name]} path={[...path, field.name]} />
  ));
}

const PARTS: Parts = { ControlOf, FieldControl, Fields };

type VariantsProps = Omit<ControlProps, "control"> & { control: Control & { type: "variants" }; error?: string };

/** One of several forms of a thing: which one, and then its fields. */
function VariantsControl({ control, label, words, value, path, error, hideLabel }: VariantsProps) {
  const form = useForm();
  const name = useWords();
  const tag = isRecord(value) ? String(value[control.tag]) : "";
  const chosen = control.variants.find((one) => one.value === tag);
  const choose = (to: string) => {
    const next = control.variants.find((one) => one.value === to);
    if (next) form.change(path, completeValue(next.schema, { ...keptId(value), [control.tag]: to }, form.root));
  };
  return (
    <div className="grid gap-3">
      <Select {...{ label, error, hideLabel }} value={tag} onChange={(event) => choose(event.target.value)}>
        {!chosen && <option value={tag} />}
        {control.variants.map((one) => (
          <option key={one.value} value={one.value}>
            {name.optionOf(words, one.value)}
          </option>
        ))}
      </Select>
      {chosen && <Fields fields={chosen.fields} value={value} path={path} />}
    </div>
  );
}

/** An entry of a list stays the same one, whatever becomes of it. */
const keptId = (value: unknown) => (isRecord(value) && value.id !== undefined ? { id: value.id } : {});

type NumberFieldProps = {
  label: string;
  hint?: string;
  error?: string;
  hideLabel?: boolean;
  optional?: boolean;
  whole: boolean;
  min?: number;
  max?: number;
  value: unknown;
  nullable: boolean;
  onChange(value: number | null): void;
};

function NumberField({ whole, min, max, value, nullable, onChange, ...field }: NumberFieldProps) {
  return (
    <TextField
      {...field}
      type="number"
      inputMode={whole ? "numeric" : "decimal"}
      step={whole ? 1 : "any"}
      min={min}
      max={max}
      value={typeof value === "number" ? value : ""}
      onChange={({ target }) => {
        if (target.value !== "") onChange(Number(target.value));
        else if (nullable) onChange(null);
      }}
    />
  );
}

/** The last resort: any value, written as JSON. */
function JsonField({ value, onChange, ...field }: { label: string; value: unknown; onChange(value: unknown): void }) {
  return (
    <TextArea
      {...field}
      key={JSON.stringify(value)}
      defaultValue={value === undefined ? "" : JSON.stringify(value, null, 1)}
      spellCheck={false}
      className="font-mono"
      onBlur={({ target }) => {
        try {
          onChange(JSON.parse(target.value));
        } catch {
          target.value = JSON.stringify(value, null, 1) ?? "";
        }
      }}
    />
  );
}
