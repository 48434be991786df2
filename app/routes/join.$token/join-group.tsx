import { Form, Link, useNavigation, useRevalidator } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "~/modules/accounts";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { PublicFrame } from "~/modules/accounts/ui/public-frame";
import type { InviteView } from "~/modules/chats/index.server";
import { Avatar } from "~/ui/avatar";
import { Button, buttonClass } from "~/ui/button";

type JoinGroupProps = { invite: InviteView; picture: string | null; problem?: FormProblem };

/** The group of a link, and the way into it as far as this account may go. */
export function JoinGroup({ invite, picture, problem }: JoinGroupProps) {
  const { t } = useTranslation();
  const { title, standing, peopleCount, conversationId } = invite;
  const words = {
    open: [t("groups.join.title", { title }), t("groups.join.openLead")],
    asks: [t("groups.join.title", { title }), t("groups.join.asksLead")],
    waits: [t("groups.join.waitsTitle", { title }), t("groups.join.waitsLead")],
    put_out: [t("groups.join.outTitle", { title }), t("groups.join.outLead")],
    inside: [title, ""],
  } as const;
  const [heading, lead] = words[standing];
  return (
    <PublicFrame title={heading} lead={lead}>
      <div className="grid gap-5">
        <div className="flex items-center gap-4">
          <Avatar id={conversationId} name={title} image={picture} size="xl" />
          <div className="min-w-0">
            <p className="truncate font-semibold text-md">
              <bdi>{title}</bdi>
            </p>
            <p className="text-ink-soft">{t("groups.join.people", { count: peopleCount })}</p>
          </div>
        </div>
        <ProblemNote problem={problem} />
        <Steps standing={standing} />
      </div>
    </PublicFrame>
  );
}

function Steps({ standing }: Pick<InviteView, "standing">) {
  const { t } = useTranslation();
  const busy = useNavigation().state === "submitting";
  const { revalidate } = useRevalidator();
  if (standing === "open" || standing === "asks") {
    return (
      <Form method="post" className="flex flex-wrap gap-3">
        <Button type="submit" variant="primary" busy={busy}>
          {t(standing === "open" ? "groups.join.enter" : "groups.join.ask")}
        </Button>
        <ToChats />
      </Form>
    );
  }
  return (
    <div className="flex flex-wrap gap-3">
      {standing === "waits" && (
        <Button variant="primary" onClick={revalidate}>
          {t("groups.join.again")}
        </Button>
      )}
      <ToChats />
    </div>
  );
}

function ToChats(): ReactNode {
  const { t } = useTranslation();
  return (
    <Link to="/chats" className={buttonClass("quiet")}>
      {t("groups.join.toChats")}
    </Link>
  );
}

/** The same for a link that is unknown, over, taken back, or not for this account. */
export function DeadLink() {
  const { t } = useTranslation();
  return (
    <PublicFrame title={t("groups.join.deadTitle")} lead={t("groups.join.deadLead")}>
      <ToChats />
    </PublicFrame>
  );
}
