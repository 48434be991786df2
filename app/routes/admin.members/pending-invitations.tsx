import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { AreaBadge, Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Time } from "~/ui/time";

type Invitation = {
  id: string;
  email: string | null;
  role: "agent" | "admin";
  areaIds: string[];
  expiresAt: string;
};
type PendingProps = { invitations: Invitation[]; areas: readonly { id: string; name: string }[]; done: boolean };

export function PendingInvitations({ invitations, areas, done }: PendingProps) {
  const { t } = useTranslation();
  return (
    <Section id="pending" title={t("admin.invite.pending")}>
      {done && <DoneNote>{t("admin.invite.revoked")}</DoneNote>}
      {invitations.length === 0 && <p className="text-ink-soft">{t("admin.invite.noPending")}</p>}
      <ul className="grid max-w-3xl grid-cols-1">
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} areas={areas} />
        ))}
      </ul>
    </Section>
  );
}

function InvitationRow({ invitation, areas }: { invitation: Invitation; areas: PendingProps["areas"] }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const row = { invitationId: invitation.id };
  const who = invitation.email ?? t("admin.invite.anybody");
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b py-3 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{who}</p>
        <p className="text-ink-soft text-sm">
          {t("admin.invite.expires")} <Time at={invitation.expiresAt} style="full" />
        </p>
      </div>
      {areas
        .filter(({ id }) => invitation.areaIds.includes(id))
        .map(({ id, name }) => (
          <AreaBadge key={id} name={name} />
        ))}
      <Badge tone={invitation.role === "admin" ? "accent" : "neutral"}>{t(`settings.role.${invitation.role}`)}</Badge>
      <Form method="post" preventScrollReset>
        <input type="hidden" name="invitationId" value={invitation.id} />
        <Button
          type="submit"
          size="sm"
          name="intent"
          value="revoke"
          busy={isBusy("revoke", row)}
          aria-label={t("admin.invite.revokeOf", { who })}
        >
          {t("admin.invite.revoke")}
        </Button>
      </Form>
      <div className="basis-full empty:hidden">
        <ProblemNote problem={problemOf("revoke", row)} />
      </div>
    </li>
  );
}
