import { Form, Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { Delivery } from "~/modules/webhooks/index.server";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Time } from "~/ui/time";

const TONES = { waiting: "amber", sent: "jungle", failed: "danger" } as const;

/** One event: whether it arrived, what was answered, and once more. */
export function DeliveryRow({ delivery, on }: { delivery: Delivery; on: boolean }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const { id, event, ticketId, ticketNumber, state, attempts, nextAt, at } = delivery;
  const why = useWhy(delivery);
  const row = { deliveryId: id };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <code>{event}</code>
          {ticketNumber !== null && (
            <Link to={`/inbox/${ticketId}`} className="text-accent-text underline underline-offset-2">
              #{ticketNumber}
            </Link>
          )}
          <Badge tone={TONES[state]}>{t(`admin.webhooks.delivery.${state}`)}</Badge>
        </p>
        <p className="text-ink-soft text-sm">
          <Time at={at} style="full" />
          {attempts > 1 && <> · {t("admin.deadLetters.attempts", { count: attempts })}</>}
          {why && <> · {why}</>}
          {state === "waiting" && attempts > 0 && (
            <>
              {" · "}
              {t("admin.webhooks.next")} <Time at={nextAt} style="full" />
            </>
          )}
        </p>
      </div>
      {on && (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="deliveryId" value={id} />
          <Button type="submit" size="sm" name="intent" value="again" busy={isBusy("again", row)}>
            {t("admin.webhooks.again")}
          </Button>
        </Form>
      )}
      <div className="basis-full empty:hidden">
        <ProblemNote problem={problemOf("again", row)} />
      </div>
    </li>
  );
}

/** Why it was not taken, in words where there are some. */
function useWhy({ status, error }: Pick<Delivery, "status" | "error">): string | null {
  const { t, i18n } = useTranslation();
  if (status !== null && error) return t("admin.webhooks.answered", { status });
  if (!error) return null;
  return i18n.exists(`admin.webhooks.why.${error}`) ? t(`admin.webhooks.why.${error}`) : error;
}
