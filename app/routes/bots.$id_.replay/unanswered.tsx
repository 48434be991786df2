import { Form, useNavigation } from "@remix-run/react";
import { Server } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { outputOf } from "~/modules/bots";
import type { Unanswered as Call } from "~/modules/bots/index.server";
import { ServerAnswerFields } from "~/modules/bots/ui/simulator/server-answer-fields";
import { useNodeLabel } from "~/modules/bots/ui/use-node-label";
import { Button } from "~/ui/button";

type Answers = { [node: string]: unknown };
type UnansweredProps = { call: Call; ticket: number; answers: Answers };

/** A step that asks another system what it was never asked in this ticket: what would that one have said? */
export function Unanswered({ call, ticket, answers }: UnansweredProps) {
  const { t } = useTranslation();
  const { nodeLabel } = useNodeLabel();
  const { node, kind, words, asks, suggested } = call;
  const [answer, setAnswer] = useState(suggested);
  const output = outputOf(kind, answer);
  const busy = useNavigation().state !== "idle";
  return (
    <section className="grid gap-2 border-line-mid border-s-2 ps-3" aria-labelledby={`unanswered-${node}`}>
      <h3 id={`unanswered-${node}`} className="flex items-center gap-2 font-medium">
        <Server aria-hidden className="size-4 shrink-0 text-ink-soft" />
        <span className="wrap-anywhere">
          {t("bots.replay.unanswered")}: <bdi>{nodeLabel(words, node)}</bdi>
        </span>
      </h3>
      <p className="max-w-prose text-ink-soft text-sm">{t("bots.replay.unansweredText")}</p>
      <p className="wrap-anywhere font-mono text-ink-soft text-xs">{asks}</p>
      <div className="max-w-xl">
        <ServerAnswerFields kind={kind} answer={answer} onChange={setAnswer} wrong={output === null} />
      </div>
      <Form method="post" preventScrollReset>
        <input type="hidden" name="ticket" value={ticket} />
        <input type="hidden" name="answers" value={JSON.stringify({ ...answers, [node]: output })} />
        <Button type="submit" disabled={output === null} busy={busy}>
          {t("bots.replay.tryAgain")}
        </Button>
      </Form>
    </section>
  );
}
