import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { ALL_LOUD } from "~/modules/accounts";
import {
  asFormProblem,
  getOrganisation,
  readNoticeChoice,
  requireAdmin,
  runAs,
  updateOrganisation,
} from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { NoticeChoiceFields } from "~/modules/accounts/ui/notice-choice-fields";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { RouteError } from "~/ui/state/route-error";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { noticeChoice, timeZone } = await runAs(actor, orgId)((ctx) => getOrganisation(ctx, orgId));
  const t = await translator(request);
  const done = new URL(request.url).searchParams.has("done");
  return { title: t("admin.notifications.title"), choice: noticeChoice ?? ALL_LOUD, timeZone, done };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const form = await formOf(request);
  try {
    const change = { noticeChoice: readNoticeChoice(form) };
    await runAs(actor, orgId)((ctx) => updateOrganisation(ctx, { orgId, change }));
    return redirect("/admin/notifications?done=saved");
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** What a team is told of tickets, as long as nobody in it chose otherwise. */
export default function Notifications() {
  const { title, choice, timeZone, done } = useLoaderData<typeof loader>();
  const { answered, isBusy } = useFormAnswer();
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.notifications")}>
        {done && !answered && <DoneNote>{t("settings.saved")}</DoneNote>}
        <Form method="post" noValidate className="grid max-w-xl gap-4" preventScrollReset>
          <NoticeChoiceFields intent="notices" choice={choice} />
          <p className="text-ink-faint text-sm">{t("admin.hours.zone", { zone: timeZone })}</p>
          <div>
            <Button type="submit" name="intent" value="notices" variant="primary" busy={isBusy("notices")}>
              {t("ui.save")}
            </Button>
          </div>
        </Form>
      </Section>
      <Section id="own" title={t("admin.notifications.own")} lead={t("admin.notifications.ownLead")}>
        <p>
          <Link
            to="/settings#notices"
            className="touch-target inline-flex items-center text-accent-text underline underline-offset-2"
          >
            {t("admin.notifications.mine")}
          </Link>
        </p>
      </Section>
      <Section id="closed" title={t("admin.notifications.closed")} lead={t("admin.notifications.closedLead")}>
        {null}
      </Section>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
