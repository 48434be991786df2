import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { OPERATORS } from "../../../answers/conditions";
import { isRecord } from "../../../editing/complete-settings";
import { useDraft } from "../state/editor-context";
import { useWords } from "../words";
import { problemAt, useForm } from "./form-context";
import { SuggestingLine } from "./suggesting-line";
import type { Path } from "./value-at";

type Rule = { variable: string; operator: string; value: string };

const WITHOUT_VALUE: readonly string[] = ["set", "empty"];

const rulesOf = (value: unknown): Rule[] =>
  isRecord(value) && Array.isArray(value.rules)
    ? value.rules.map((rule: unknown) => {
        const { variable, operator, value: wanted } = isRecord(rule) ? rule : {};
        const [path, by, to] = [variable, operator, wanted].map((one) => (typeof one === "string" ? one : ""));
        return { variable: path ?? "", operator: by || "equals", value: to ?? "" };
      })
    : [];

type ConditionControlProps = { label: string; value: unknown; path: Path; hideLabel?: boolean };

/** Rules over variables in words: which one, how it is compared, with what. */
export function ConditionControl({ label, value, path, hideLabel }: ConditionControlProps) {
  const { t } = useTranslation();
  const form = useForm();
  const rules = rulesOf(value);
  const match = isRecord(value) && value.match === "any" ? "any" : "all";
  const set = (next: Rule[], how = match) => form.change(path, { match: how, rules: next });
  return (
    <fieldset className="grid gap-2">
      <legend className={hideLabel ? "sr-only" : "mb-2 font-medium text-sm"}>{label}</legend>
      {rules.length > 1 && (
        <select
          aria-label={t("bots.editor.match")}
          className="control w-auto justify-self-start"
          value={match}
          onChange={({ target }) => set(rules, target.value === "any" ? "any" : "all")}
        >
          <option value="all">{t("bots.options.match_all")}</option>
          <option value="any">{t("bots.options.match_any")}</option>
        </select>
      )}
      {rules.map((rule, at) => (
        <RuleLine
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other name than their place.
          key={at}
          rule={rule}
          path={[...path, "rules", at]}
          onChange={(to) => set(rules.map((one, place) => (place === at ? to : one)))}
          onRemove={rules.length > 1 ? () => set(rules.filter((_, place) => place !== at)) : undefined}
        />
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden className="size-4" />}
          onClick={() => set([...rules, { variable: "", operator: "equals", value: "" }])}
        >
          {t("bots.editor.addRule")}
        </Button>
      </div>
    </fieldset>
  );
}

type RuleLineProps = { rule: Rule; path: Path; onChange(rule: Rule): void; onRemove?(): void };

function RuleLine({ rule, path, onChange, onRemove }: RuleLineProps) {
  const { t } = useTranslation();
  const form = useForm();
  const draft = useDraft();
  const { problemText } = useWords();
  const errorOf = (name: string) => {
    const problem = problemAt(form, [...path, name]);
    return problem && problemText(problem, draft);
  };
  return (
    <div className="grid gap-2 border-line border-l-2 pl-3">
      <SuggestingLine
        of="path"
        label={t("bots.editor.variable")}
        error={errorOf("variable")}
        value={rule.variable}
        onChange={(variable) => onChange({ ...rule, variable })}
      />
      <div className="flex gap-2">
        <select
          aria-label={t("bots.editor.operator")}
          className="control min-w-0 flex-1"
          value={rule.operator}
          onChange={({ target }) => onChange({ ...rule, operator: target.value })}
        >
          {OPERATORS.map((one) => (
            <option key={one} value={one}>
              {t(`bots.options.operator_${one}`)}
            </option>
          ))}
        </select>
        {!WITHOUT_VALUE.includes(rule.operator) && (
          <input
            aria-label={t("bots.editor.value")}
            className="control min-w-0 flex-1"
            value={rule.value}
            onChange={({ target }) => onChange({ ...rule, value: target.value })}
          />
        )}
        {onRemove && (
          <IconButton label={t("bots.editor.removeRule")} icon={<Trash2 aria-hidden />} onClick={onRemove} />
        )}
      </div>
    </div>
  );
}
