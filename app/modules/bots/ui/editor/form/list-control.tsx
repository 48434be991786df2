import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { isRecord } from "../../../editing/complete-settings";
import { useWords } from "../words";
import type { ControlOf, FieldControl, Fields } from "./field-control";
import { isWrongWithin, useForm } from "./form-context";
import type { Control, Field } from "./form-fields";
import { isRare } from "./form-fields";
import { freshEntry, moveIn, type Path } from "./value-at";

const SHORT: readonly string[] = ["line", "number", "options", "reference"];

/** What draws the fields of an entry: it draws lists too, and is given so that neither needs the other. */
export type Parts = { ControlOf: typeof ControlOf; FieldControl: typeof FieldControl; Fields: typeof Fields };

type ListControlProps = {
  parts: Parts;
  control: Control & { type: "list" };
  label: string;
  hint?: string;
  words: string;
  value: unknown;
  path: Path;
  error?: string;
  hideLabel?: boolean;
};

/** Entries that are added, put in another order and taken away. Values to tick where only a few are allowed. */
export function ListControl({ parts, control, label, hint, words, value, path, error, hideLabel }: ListControlProps) {
  const { t } = useTranslation();
  const form = useForm();
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  if (control.item.type === "options") return <Ticks {...{ label, words, list, path }} values={control.item.values} />;
  const set = (to: unknown[]) => form.change(path, to);
  const add = () => set([...list, freshEntry(control.schema, form.root, list)]);
  const isShort = SHORT.includes(control.item.type);
  // An entry that begins with a line has its buttons beside that line.
  const [first] = control.item.type === "group" ? control.item.fields : [];
  const begins = first && SHORT.includes(first.control.type) ? first : null;
  const buttons = (at: number) => (
    <EntryButtons
      {...{ at, label }}
      last={at === list.length - 1}
      mayGo={list.length > control.least}
      move={(to) => set(moveIn(list, at, to))}
      remove={() => set(list.filter((_, place) => place !== at))}
    />
  );
  return (
    <fieldset className="grid gap-2">
      <legend className={hideLabel ? "sr-only" : "mb-2 font-medium text-sm"}>{label}</legend>
      {hint && <p className="text-ink-faint text-sm">{hint}</p>}
      {list.length > 0 && (
        <ol className="grid gap-3">
          {list.map((entry, at) => (
            // Entries without ids are known by their place alone.
            <li
              key={isRecord(entry) && typeof entry.id === "string" ? entry.id : at}
              className={isShort ? "flex items-start gap-1" : "grid gap-1.5"}
            >
              {!isShort && !begins && (
                <div className="flex items-center justify-between">
                  <span aria-hidden className="text-ink-faint text-sm tabular-nums">
                    {at + 1}.
                  </span>
                  {buttons(at)}
                </div>
              )}
              {begins && (
                <div className="flex items-start gap-1">
                  <div className="min-w-0 flex-1">
                    <parts.FieldControl
                      hideLabel
                      field={begins}
                      value={isRecord(entry) ? entry[begins.name] : undefined}
                      path={[...path, at, begins.name]}
                    />
                  </div>
                  {buttons(at)}
                </div>
              )}
              <div className="grid min-w-0 flex-1 gap-2">
                <Entry
                  parts={parts}
                  control={control.item}
                  {...{ entry, words }}
                  label={`${label} ${at + 1}`}
                  path={[...path, at]}
                  begun={begins !== null}
                />
              </div>
              {isShort && buttons(at)}
            </li>
          ))}
        </ol>
      )}
      {error && (
        <p role="alert" className="text-danger-text text-sm">
          {error}
        </p>
      )}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden className="size-4" />}
          disabled={control.most !== undefined && list.length >= control.most}
          onClick={add}
        >
          {t("bots.editor.addEntry")}
          <span className="sr-only">: {label}</span>
        </Button>
      </div>
    </fieldset>
  );
}

/** `begun`: its first field is drawn already. */
type EntryProps = {
  parts: Parts;
  control: Control;
  entry: unknown;
  words: string;
  label: string;
  path: Path;
  begun: boolean;
};

function Entry({ parts, control, entry, words, label, path, begun }: EntryProps) {
  if (control.type !== "group") return <parts.ControlOf {...{ control, label, words, path }} value={entry} hideLabel />;
  return <Record fields={begun ? control.fields.slice(1) : control.fields} {...{ parts, entry, path, begun }} />;
}

/** An entry of several fields: the first in sight, what is seldom needed behind "more". */
type RecordProps = { parts: Parts; fields: readonly Field[]; entry: unknown; path: Path; begun: boolean };

function Record({ parts, fields, entry, path, begun }: RecordProps) {
  const { t } = useTranslation();
  const form = useForm();
  const record = isRecord(entry) ? entry : {};
  const isBehind = (field: Field, at: number) =>
    field.schema["x-rare"] ?? ((begun || at > 0) && (field.optional || isRare(field)));
  const front = fields.filter((field, at) => !isBehind(field, at));
  const behind = fields.filter(isBehind);
  const wanted = behind.some(({ name }) => isWrongWithin(form, [...path, name]) || form.at?.includes(name));
  const used = behind.some((field) => {
    const now = record[field.name];
    return now !== undefined && JSON.stringify(now) !== JSON.stringify(field.fresh);
  });
  return (
    <>
      <parts.Fields fields={front} value={entry} path={path} />
      {behind.length > 0 && (
        <details open={wanted || undefined}>
          <summary className="touch-target inline-flex items-center rounded-sm text-ink-soft text-sm hover:text-ink">
            {t(used ? "bots.editor.moreUsed" : "bots.editor.more")}
          </summary>
          <div className="grid gap-3 border-line border-l-2 pt-2 pb-1 pl-3">
            <parts.Fields fields={behind} value={entry} path={path} />
          </div>
        </details>
      )}
    </>
  );
}

type EntryButtonsProps = {
  at: number;
  last: boolean;
  label: string;
  mayGo: boolean;
  move(to: number): void;
  remove(): void;
};

function EntryButtons({ at, last, label, mayGo, move, remove }: EntryButtonsProps) {
  const { t } = useTranslation();
  const name = `${label} ${at + 1}`;
  return (
    <div className="flex shrink-0">
      <IconButton
        label={t("bots.editor.up", { name })}
        icon={<ArrowUp aria-hidden />}
        className="size-8"
        disabled={at === 0}
        onClick={() => move(at - 1)}
      />
      <IconButton
        label={t("bots.editor.down", { name })}
        icon={<ArrowDown aria-hidden />}
        className="size-8"
        disabled={last}
        onClick={() => move(at + 1)}
      />
      <IconButton
        label={t("bots.editor.removeEntry", { name })}
        icon={<Trash2 aria-hidden />}
        className="size-8"
        disabled={!mayGo}
        onClick={remove}
      />
    </div>
  );
}

type TicksProps = { label: string; words: string; list: readonly unknown[]; values: readonly string[]; path: Path };

function Ticks({ label, words, list, values, path }: TicksProps) {
  const form = useForm();
  const { optionOf } = useWords();
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{label}</legend>
      <div className="flex flex-wrap gap-x-4">
        {values.map((value) => (
          <label key={value} className="flex min-h-9 items-center gap-2 pointer-coarse:min-h-11">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={list.includes(value)}
              onChange={({ target }) =>
                form.change(
                  path,
                  values.filter((one) => (one === value ? target.checked : list.includes(one))),
                )
              }
            />
            {optionOf(words, value)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
