import { Server } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { TextArea } from "~/ui/forms/text-area";
import type { PendingCall } from "../../simulator/simulation";
import type { Json } from "../../wording/json";

type ServerCallProps = { call: PendingCall; onAnswer: (output: Json) => void };

/** What the server is asked, and what it shall answer: by hand, since trying a flow must touch nobody's system. */
export function ServerCall({ call, onAnswer }: ServerCallProps) {
  const { t } = useTranslation();
  const [wrong, setWrong] = useState(false);
  const answer = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("output"));
    try {
      onAnswer(JSON.parse(text) as Json);
    } catch {
      setWrong(true);
    }
  };
  return (
    <form
      onSubmit={answer}
      className="grid max-h-[60%] gap-2 overflow-y-auto border-line border-t bg-surface px-4 py-3"
    >
      <p className="flex items-center gap-2 font-medium">
        <Server aria-hidden className="size-4 shrink-0 text-ink-soft" />
        {t("bots.simulator.callTitle", { kind: call.kind })}
      </p>
      <pre className="wrap-anywhere max-h-32 overflow-y-auto whitespace-pre-wrap rounded-sm bg-sunken p-2 text-sm">
        {JSON.stringify(call.input, null, 1)}
      </pre>
      <TextArea
        name="output"
        rows={3}
        label={t("bots.simulator.callAnswer")}
        hint={t("bots.simulator.callHint")}
        error={wrong ? t("bots.simulator.notJson") : undefined}
        defaultValue={'{ "status": 200, "body": {} }'}
        spellCheck={false}
      />
      <div>
        <Button type="submit" variant="primary">
          {t("bots.simulator.callGive")}
        </Button>
      </div>
    </form>
  );
}
