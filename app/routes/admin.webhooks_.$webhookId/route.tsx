import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin, runAs } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { useNoticesOf } from "~/modules/realtime/ui/notices/use-notices-of";
import { countNotices } from "~/modules/tickets/index.server";
import { getWebhook, listDeliveries } from "~/modules/webhooks/index.server";
import { WebhookFields } from "~/modules/webhooks/ui/webhook-fields";
import { formOf } from "~/platform/form-of.server";
import { Button, buttonClass } from "~/ui/button";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { DeliveryRow } from "./delivery-row";
import { Switches } from "./switches";

const PAGE = 30;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const named = { orgId: membership.orgId, webhookId: params.webhookId ?? "" };
  const { searchParams } = new URL(request.url);
  const cursor = searchParams.get("cursor") ?? undefined;
  const { orgId, webhookId } = named;
  const noticed = (await countNotices(actor, orgId, { webhookId })) > 0;
  const found = await runAs(
    actor,
    orgId,
  )(async (ctx) => ({
    webhook: await getWebhook(ctx, named),
    ...(await listDeliveries(ctx, { ...named, cursor, limit: PAGE })),
  }));
  return { ...found, orgId, noticed, done: searchParams.get("done") };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  const webhookId = params.webhookId ?? "";
  const intent = String(form.get("intent"));
  try {
    const renewed = await act(actor, { orgId: membership.orgId, webhookId }, form);
    if (renewed) return { renewed };
    return redirect(
      intent === "delete" ? "/admin/webhooks?done=deleted" : `/admin/webhooks/${webhookId}?done=${intent}`,
    );
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? new URL(data.webhook.url).host : ""} · GuazuApp` },
];

/** One address: what it is told, whether it takes it, and what it was told lately. */
export default function Webhook() {
  const { webhook, deliveries, nextCursor, done, orgId, noticed } = useLoaderData<typeof loader>();
  const { answered, isBusy } = useFormAnswer();
  const { t } = useTranslation();
  useNoticesOf(orgId, "webhook", webhook.id, noticed);
  const said = !answered ? done : null;
  return (
    <>
      <Section
        title={<bdi className="wrap-anywhere">{new URL(webhook.url).host}</bdi>}
        lead={
          <Link
            to="/admin/webhooks"
            className="touch-target inline-flex items-center text-accent-text underline underline-offset-2"
          >
            {t("admin.webhooks.all")}
          </Link>
        }
      >
        {said === "update" && <DoneNote>{t("settings.saved")}</DoneNote>}
        <Form method="post" noValidate className="grid max-w-xl gap-4" preventScrollReset>
          <WebhookFields key={JSON.stringify(webhook)} intent="update" webhook={webhook} />
          <p className="text-ink-soft text-sm">{t("admin.webhooks.eyes", { name: webhook.member.name })}</p>
          <div>
            <Button type="submit" name="intent" value="update" variant="primary" busy={isBusy("update")}>
              {t("ui.save")}
            </Button>
          </div>
        </Form>
      </Section>
      <Switches webhook={webhook} said={said} />
      <Section id="log" title={t("admin.webhooks.log")} lead={t("admin.webhooks.logLead")}>
        {said === "again" && <DoneNote>{t("admin.webhooks.sending")}</DoneNote>}
        {deliveries.length === 0 && <p className="text-ink-soft">{t("admin.webhooks.noLog")}</p>}
        <ol className="grid max-w-3xl grid-cols-1">
          {deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} on={webhook.disabledAt === null} />
          ))}
        </ol>
        {nextCursor && (
          <div>
            <Link to={`?cursor=${nextCursor}#log`} className={buttonClass("quiet")}>
              {t("admin.audit.older")}
            </Link>
          </div>
        )}
      </Section>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
