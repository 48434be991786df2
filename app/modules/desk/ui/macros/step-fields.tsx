import { useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { CLOSING_REASONS, PRIORITIES } from "~/modules/tickets";
import { Checkbox } from "~/ui/forms/checkbox";
import { Select } from "~/ui/forms/select";
import { TextArea } from "~/ui/forms/text-area";
import type { MacroDesk } from "../../macros/macro";
import { LONGEST_MACRO_NOTE, type MacroStep, SNOOZES } from "../../macros/macro-step";
import { LONGEST_REPLY } from "../../replies/canned-reply";
import { TagPicker } from "../tag-picker";
import { VariableButtons } from "../variable-buttons";

type StepFieldsProps = { step: MacroStep; desk: MacroDesk; onChange: (step: MacroStep) => void };

/** What one step needs to be told. */
export function StepFields({ step, desk, onChange }: StepFieldsProps) {
  const { t } = useTranslation();
  const choice = (
    label: string,
    value: string,
    options: readonly (readonly [string, string])[],
    pick: (v: string) => MacroStep,
  ) => (
    <Select
      label={label}
      hideLabel
      value={value}
      required
      onChange={({ currentTarget }) => onChange(pick(currentTarget.value))}
    >
      {!options.some(([id]) => id === value) && <option value="">{t("macros.choose")}</option>}
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
  const label = t(`macros.deeds.${step.do}`);
  switch (step.do) {
    case "reply":
    case "note":
      return <TextFields step={step} desk={desk} onChange={onChange} />;
    case "add_tags":
    case "remove_tags":
      return (
        <TagPicker
          label={t("ticket.facts.tags")}
          value={step.tags}
          suggestions={desk.tags}
          onChange={(tags) => onChange({ ...step, tags: [...tags] })}
        />
      );
    case "priority": {
      const all = PRIORITIES.map((one) => [one, t(`inbox.priority.${one}`)] as const);
      return choice(label, step.priority, all, (priority) => ({ ...step, priority: priority as typeof step.priority }));
    }
    case "assign":
      return choice(label, step.member_id, pairs(desk.members), (member_id) => ({ ...step, member_id }));
    case "transfer":
      return choice(label, step.area_id, pairs(desk.areas), (area_id) => ({ ...step, area_id }));
    case "snooze": {
      const all = SNOOZES.map((one) => [one, t(`inbox.snooze.${one}`)] as const);
      return choice(label, step.until, all, (until) => ({ ...step, until: until as typeof step.until }));
    }
    case "close": {
      const own = desk.reasons?.map((one) => [one, one] as const);
      const usual = CLOSING_REASONS.map((one) => [one, t(`ticket.close.reasons.${one}`)] as const);
      const kept = step.reason && ![...(own ?? usual)].some(([id]) => id === step.reason);
      const all = [
        ["", t("macros.noReason")] as const,
        ...(own ?? usual),
        ...(kept && step.reason ? [[step.reason, step.reason] as const] : []),
      ];
      return (
        <>
          {choice(t("ticket.close.reason"), step.reason ?? "", all, (reason) => ({ ...step, reason: reason || null }))}
          <Checkbox
            label={t("ticket.close.askRating")}
            hint={t("macros.ratingHint")}
            checked={step.ask_rating ?? false}
            onChange={({ currentTarget }) => onChange({ ...step, ask_rating: currentTarget.checked })}
          />
        </>
      );
    }
    default:
      return null;
  }
}

const pairs = (list: readonly { id: string; name: string }[]) => list.map(({ id, name }) => [id, name] as const);

type TextFieldsProps = StepFieldsProps & { step: Extract<MacroStep, { text: string }> };

function TextFields({ step, desk, onChange }: TextFieldsProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const write = (text: string) => onChange({ ...step, text });
  const insert = (name: string) => {
    const field = box.current?.querySelector("textarea");
    if (!field) return;
    field.setRangeText(`{{${name}}}`, field.selectionStart, field.selectionEnd, "end");
    write(field.value);
    field.focus();
  };
  return (
    <div ref={box} className="grid gap-2">
      {step.do === "reply" && desk.replies.length > 0 && (
        <Select
          label={t("macros.fromReply")}
          value=""
          optional
          onChange={({ currentTarget }) => {
            const reply = desk.replies.find(({ id }) => id === currentTarget.value);
            if (reply) write(reply.text);
          }}
        >
          <option value="">{t("macros.choose")}</option>
          {desk.replies.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      )}
      <TextArea
        label={t("replies.text")}
        value={step.text}
        onChange={(event) => write(event.currentTarget.value)}
        maxLength={step.do === "reply" ? LONGEST_REPLY : LONGEST_MACRO_NOTE}
      />
      <VariableButtons onPick={insert} />
    </div>
  );
}
