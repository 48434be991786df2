import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import {
  asFormProblem,
  canMail,
  listAreas,
  listInvitations,
  listMembers,
  requireAdmin,
} from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { Section } from "~/modules/accounts/ui/section";
import { formOf } from "~/platform/form-of.server";
import { isUuid } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { buttonClass } from "~/ui/button";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { InviteForm } from "./invite-form";
import { MemberRow } from "./member-row";
import { PendingInvitations } from "./pending-invitations";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { searchParams } = new URL(request.url);
  const after = searchParams.get("cursor");
  const cursor = isUuid(after) ? after : undefined;
  const lists = await transact(actor, { orgId, accountId: actor.accountId }, async (ctx) => ({
    ...(await listMembers(ctx, { orgId, cursor })),
    ...(await listAreas(ctx, { orgId })),
    invitations: (await listInvitations(ctx, { orgId })).invitations,
  }));
  const t = await translator(request);
  return { ...lists, title: t("admin.members.title"), mails: canMail(), done: searchParams.get("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    return await act(actor, membership.orgId, form);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Members() {
  const { title, members, areas, invitations, nextCursor, mails, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const invited = answer && "invited" in answer ? answer.invited : undefined;
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.members")}>
        {done === "saved" && !answer && <DoneNote>{t("settings.saved")}</DoneNote>}
        {done === "removed" && !answer && <DoneNote>{t("admin.members.removed")}</DoneNote>}
        <ul className="grid max-w-3xl grid-cols-1">
          {members.map((member) => (
            <MemberRow key={member.id} member={member} areas={areas} />
          ))}
        </ul>
        {nextCursor && (
          <div>
            <Link to={`?cursor=${nextCursor}`} className={buttonClass("quiet")}>
              {t("admin.members.more")}
            </Link>
          </div>
        )}
      </Section>
      <InviteForm areas={areas} mails={mails} invited={invited} />
      <PendingInvitations invitations={invitations} areas={areas} done={done === "revoked" && !answer} />
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
