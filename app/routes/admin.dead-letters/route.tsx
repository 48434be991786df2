import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { MailCheck } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { listDeadLetters } from "~/modules/messaging/index.server";
import { formOf } from "~/platform/form-of.server";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";
import { Time } from "~/ui/time";
import { act } from "./act.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const letters = await listDeadLetters(actor, membership.orgId);
  const t = await translator(request);
  return { title: t("admin.deadLetters.title"), letters, done: new URL(request.url).searchParams.has("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    await act(actor, membership.orgId, form);
    return redirect("/admin/dead-letters?done=retried");
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function DeadLetters() {
  const { title, letters, done } = useLoaderData<typeof loader>();
  const { answered, problemOf, isBusy } = useFormAnswer();
  const { t } = useTranslation();
  return (
    <Section title={title} lead={t("admin.about.deadLetters")}>
      {done && !answered && <DoneNote>{t("admin.deadLetters.retried")}</DoneNote>}
      {letters.length === 0 && <EmptyState icon={<MailCheck />} title={t("admin.deadLetters.empty")} />}
      <ul className="grid max-w-3xl grid-cols-1">
        {letters.map(({ id, kind, what, reason, attempts, failedAt }) => (
          <li
            key={id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-3 last:border-b-0"
          >
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                <bdi className="truncate">{what}</bdi>
                <Badge>{t(`admin.deadLetters.kinds.${kind}`)}</Badge>
              </p>
              <p className="wrap-anywhere text-ink-soft text-sm">{reason}</p>
              <p className="text-ink-faint text-sm">
                <Time at={failedAt} style="full" /> · {t("admin.deadLetters.attempts", { count: attempts })}
              </p>
            </div>
            <Form method="post" preventScrollReset>
              <input type="hidden" name="letter" value={id} />
              <Button type="submit" size="sm" name="intent" value="retry" busy={isBusy("retry", { letter: id })}>
                {t("ui.retry")}
              </Button>
            </Form>
            <div className="basis-full empty:hidden">
              <ProblemNote problem={problemOf("retry", { letter: id })} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
