import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, Refusal } from "~/platform/ask-server";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { IconButton } from "~/ui/icon-button";
import { Dialog } from "~/ui/overlay/dialog";
import { Menu, MenuItem } from "~/ui/overlay/menu";
import { LONGEST_MACRO_NAME, type Macro, type MacroDesk, type MacroScope } from "../../macros/macro";
import { MACRO_DEEDS, type MacroDeed, type MacroStep, MOST_STEPS } from "../../macros/macro-step";
import { problemOf } from "../../macros/step-problem";
import { StepFields } from "./step-fields";
import { DeedIcon } from "./step-words";

type MacroDialogProps = {
  orgId: string;
  desk: MacroDesk;
  /** What is changed; a scope for a new one. */
  editing: Macro | MacroScope | null;
  onClose: () => void;
  onSaved: () => void;
};

/** Makes a macro or changes one: its name, and its steps in order. */
export function MacroDialog({ editing, onClose, ...rest }: MacroDialogProps) {
  const { t } = useTranslation();
  const isNew = typeof editing === "string";
  return (
    <Dialog
      title={t(isNew ? "macros.create" : "macros.edit")}
      size="lg"
      open={editing !== null}
      onOpenChange={(open) => !open && onClose()}
    >
      {(close) => editing && <MacroForm editing={editing} onClose={close} {...rest} />}
    </Dialog>
  );
}

type Row = { key: number; step: MacroStep };
type Problem = { code: string; step: number };

const FRESH: Record<MacroDeed, MacroStep> = {
  reply: { do: "reply", text: "" },
  note: { do: "note", text: "" },
  add_tags: { do: "add_tags", tags: [] },
  remove_tags: { do: "remove_tags", tags: [] },
  priority: { do: "priority", priority: "high" },
  take: { do: "take" },
  assign: { do: "assign", member_id: "" },
  return: { do: "return" },
  transfer: { do: "transfer", area_id: "" },
  snooze: { do: "snooze", until: "tomorrow" },
  close: { do: "close", reason: null },
};

type MacroFormProps = Omit<MacroDialogProps, "editing"> & { editing: Macro | MacroScope };

function MacroForm({ orgId, desk, editing, onClose, onSaved }: MacroFormProps) {
  const { t } = useTranslation();
  const macro = typeof editing === "string" ? null : editing;
  const [rows, setRows] = useState<readonly Row[]>(() => (macro?.steps ?? []).map((step, key) => ({ key, step })));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    const steps = rows.map(({ step }) => step);
    const wrong = problemOf(steps);
    if (wrong) return setProblem(wrong);
    const intent = macro ? { intent: "update", macro: macro.id } : { intent: "create", scope: editing };
    setBusy(true);
    try {
      await askServer("/inbox/macros", { ...intent, org: orgId, name, steps });
      onSaved();
      onClose();
    } catch (error) {
      const { code, data } = error instanceof Refusal ? error : { code: "unexpected", data: null };
      setProblem({ code, step: (data as { step?: number } | null)?.step ?? 0 });
      setBusy(false);
    }
  };
  const change = (next: readonly Row[]) => {
    setProblem(null);
    setRows(next);
  };
  const add = (deed: MacroDeed) => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    const fresh = { key, step: FRESH[deed] };
    // Nothing comes after closing.
    const last = rows.at(-1);
    change(last?.step.do === "close" ? [...rows.slice(0, -1), fresh, last] : [...rows, fresh]);
  };
  const text = problem && t([`errors.${problem.code}`, "errors.unexpected"]);
  return (
    <form onSubmit={submit} className="grid gap-4">
      <TextField name="name" label={t("macros.name")} defaultValue={macro?.name} maxLength={LONGEST_MACRO_NAME} />
      <div className="grid gap-2">
        <h3 className="font-medium text-sm">{t("macros.steps")}</h3>
        {rows.length === 0 && <p className="text-ink-soft">{t("macros.noSteps")}</p>}
        <Rows rows={rows} desk={desk} wrong={problem?.step ?? 0} problem={text} onChange={change} />
        <AddStep disabled={rows.length >= MOST_STEPS} closes={rows.at(-1)?.step.do === "close"} onAdd={add} />
      </div>
      {problem?.step === 0 && (
        <p role="alert" className="text-danger-text">
          {text}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={rows.length === 0}>
          {t("ui.save")}
        </Button>
      </div>
    </form>
  );
}

type RowsProps = {
  rows: readonly Row[];
  desk: MacroDesk;
  /** Which was refused, from 1. */
  wrong: number;
  problem: string | null;
  onChange: (rows: readonly Row[]) => void;
};

/** The steps down a line, each with what it needs, to be moved and taken out. */
function Rows({ rows, desk, wrong, problem, onChange }: RowsProps) {
  const { t } = useTranslation();
  const move = (from: number, to: number) => {
    const next = [...rows];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
  return (
    <ol>
      {rows.map(({ key, step }, at) => {
        const name = t(`macros.deeds.${step.do}`);
        return (
          <li key={key} className="group/step grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3">
            <span aria-hidden className="flex flex-col items-center">
              <span className="grid size-9 shrink-0 place-items-center rounded-full bg-sunken text-ink-soft">
                <DeedIcon deed={step.do} />
              </span>
              <span className="w-px flex-1 bg-line group-last/step:hidden" />
            </span>
            <div className="grid gap-2 pb-4">
              <div className="flex min-h-9 items-center gap-1">
                <h4 className="min-w-0 flex-1 truncate font-medium">{`${at + 1}. ${name}`}</h4>
                <IconButton
                  label={t("macros.up", { step: at + 1 })}
                  icon={<ArrowUp aria-hidden />}
                  disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                />
                <IconButton
                  label={t("macros.down", { step: at + 1 })}
                  icon={<ArrowDown aria-hidden />}
                  disabled={at === rows.length - 1}
                  onClick={() => move(at, at + 1)}
                />
                <IconButton
                  label={t("macros.remove", { step: at + 1 })}
                  icon={<X aria-hidden />}
                  onClick={() => onChange(rows.filter((row) => row.key !== key))}
                />
              </div>
              <StepFields
                step={step}
                desk={desk}
                onChange={(changed) => onChange(rows.map((row) => (row.key === key ? { key, step: changed } : row)))}
              />
              {wrong === at + 1 && (
                <p role="alert" className="text-danger-text text-sm">
                  {problem}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

type AddStepProps = { disabled: boolean; closes: boolean; onAdd: (deed: MacroDeed) => void };

function AddStep({ disabled, closes, onAdd }: AddStepProps) {
  const { t } = useTranslation();
  return (
    <div>
      <Menu
        placement="bottom start"
        label={t("macros.add")}
        trigger={
          <Button size="sm" icon={<Plus aria-hidden className="size-4" />} disabled={disabled}>
            {t("macros.add")}
          </Button>
        }
        onAction={(deed) => onAdd(deed as MacroDeed)}
      >
        {MACRO_DEEDS.filter((deed) => !(closes && deed === "close")).map((deed) => (
          <MenuItem key={deed} id={deed} icon={<DeedIcon deed={deed} />}>
            {t(`macros.deeds.${deed}`)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}
