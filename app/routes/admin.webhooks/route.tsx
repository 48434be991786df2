import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin, runAs } from "~/modules/accounts/index.server";
import { CopyField } from "~/modules/accounts/ui/copy-field";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { listWebhooks } from "~/modules/webhooks/index.server";
import { WebhookFields } from "~/modules/webhooks/ui/webhook-fields";
import { WebhookState } from "~/modules/webhooks/ui/webhook-state";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const webhooks = await runAs(actor, orgId)((ctx) => listWebhooks(ctx, orgId));
  const t = await translator(request);
  return { title: t("admin.webhooks.title"), webhooks, done: new URL(request.url).searchParams.get("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    return { made: await act(actor, membership.orgId, form) };
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The addresses of other programs that are told what happens in tickets. */
export default function Webhooks() {
  const { title, webhooks, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const made = answer && "made" in answer ? answer.made : undefined;
  const { isBusy } = useFormAnswer();
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.webhooks")}>
        {done === "deleted" && !answer && <DoneNote>{t("admin.webhooks.deleted")}</DoneNote>}
        {webhooks.length === 0 && <p className="text-ink-soft">{t("admin.webhooks.empty")}</p>}
        <ul className="grid max-w-3xl grid-cols-1">
          {webhooks.map((webhook) => (
            <li
              key={webhook.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-3 last:border-b-0"
            >
              <div className="min-w-0 flex-1">
                <Link
                  to={`/admin/webhooks/${webhook.id}`}
                  className="touch-target wrap-anywhere font-medium text-accent-text underline underline-offset-2"
                >
                  {webhook.url}
                </Link>
                <p className="wrap-anywhere text-ink-soft text-sm">
                  <code>{webhook.events.join(" · ")}</code>
                </p>
              </div>
              <WebhookState webhook={webhook} />
            </li>
          ))}
        </ul>
      </Section>
      <Section id="create" title={t("admin.webhooks.create")} lead={t("admin.webhooks.createLead")}>
        {made && (
          <div className="grid max-w-[40rem] gap-3">
            <DoneNote>{t("admin.webhooks.made")}</DoneNote>
            <CopyField label={t("admin.webhooks.secret")} text={made.secret} />
          </div>
        )}
        {/* A new key after each creation empties the form. */}
        <Form key={webhooks.length} method="post" noValidate className="grid max-w-xl gap-4" preventScrollReset>
          <WebhookFields intent="create" />
          <div>
            <Button type="submit" name="intent" value="create" variant="primary" busy={isBusy("create")}>
              {t("admin.webhooks.submit")}
            </Button>
          </div>
        </Form>
      </Section>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
