import { useTranslation } from "~/i18n/translation";
import { Select } from "~/ui/forms/select";
import { TextArea } from "~/ui/forms/text-area";
import { TextField } from "~/ui/forms/text-field";
import { SERVER_OUTCOMES, type ServerAnswer, type ServerKind } from "../../simulator/server-answer";

type ServerAnswerFieldsProps = {
  kind: ServerKind;
  answer: ServerAnswer;
  onChange: (answer: ServerAnswer) => void;
  /** The text is no JSON, or is missing. */
  wrong: boolean;
};

/** What the server came to, and what it said. */
export function ServerAnswerFields({ kind, answer, onChange, wrong }: ServerAnswerFieldsProps) {
  const { t } = useTranslation();
  const { outcome, status, text } = answer;
  const isHttp = outcome === "answers";
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-3">
        <Select
          label={t("bots.simulator.server.outcome")}
          className="min-w-40 flex-1"
          value={outcome}
          onChange={({ currentTarget }) =>
            onChange({ ...answer, outcome: currentTarget.value as ServerAnswer["outcome"] })
          }
        >
          {SERVER_OUTCOMES[kind].map((one) => (
            <option key={one} value={one}>
              {t(`bots.simulator.server.outcomes.${kind}_${one}`)}
            </option>
          ))}
        </Select>
        {isHttp && (
          <TextField
            label={t("bots.simulator.server.status")}
            className="w-24"
            inputMode="numeric"
            value={String(status)}
            onChange={({ currentTarget }) =>
              onChange({ ...answer, status: Number(currentTarget.value.replace(/\D/g, "").slice(0, 3)) })
            }
          />
        )}
      </div>
      {(isHttp || outcome === "knows") && (
        <TextArea
          label={t(isHttp ? "bots.simulator.server.body" : "bots.simulator.server.text")}
          rows={3}
          value={text}
          onChange={({ currentTarget }) => onChange({ ...answer, text: currentTarget.value })}
          error={wrong ? t(isHttp ? "bots.simulator.server.notJson" : "bots.simulator.server.noText") : undefined}
          spellCheck={!isHttp}
        />
      )}
    </div>
  );
}
