import { Link } from "@remix-run/react";
import { EyeOff } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { buttonClass } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";

/** The ticket went where this person does not see it. */
export function GoneTicket({ backTo }: { backTo: string }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t("ticket.gone.title")} back={{ to: backTo, when: "phone" }} />
      <EmptyState
        icon={<EyeOff />}
        title={t("ticket.gone.title")}
        text={t("ticket.gone.text")}
        action={
          <Link to={backTo} className={buttonClass("quiet")}>
            {t("ticket.gone.back")}
          </Link>
        }
      />
    </>
  );
}
