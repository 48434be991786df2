import { Form, Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "~/modules/accounts";
import type { Frame, MyOrganisation } from "~/modules/accounts/index.server";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { Badge } from "~/ui/badge";
import { Button, buttonClass } from "~/ui/button";

type OrganisationsProps = { frame: Frame; problem?: FormProblem; done: boolean };

/** Where the account is a member: choosing one to work in, being there or away, leaving. */
export function Organisations({ frame, problem, done }: OrganisationsProps) {
  const { t } = useTranslation();
  const { organisations } = frame.profile;
  const refused = problem?.code === "last_admin" ? problem : undefined;
  return (
    <Section id="organisations" title={t("settings.organisations.title")}>
      {done && <DoneNote>{t("settings.organisations.left")}</DoneNote>}
      <ProblemNote problem={refused} />
      {organisations.length === 0 && <p className="text-ink-soft">{t("settings.organisations.empty")}</p>}
      <ul className="grid max-w-[40rem] grid-cols-1">
        {organisations.map((one) => (
          <OrganisationRow key={one.orgId} organisation={one} active={one.orgId === frame.orgId} />
        ))}
      </ul>
      <div>
        <Link to="/organisations/new" className={buttonClass("quiet")}>
          {t("settings.organisations.create")}
        </Link>
      </div>
    </Section>
  );
}

function OrganisationRow({ organisation, active }: { organisation: MyOrganisation; active: boolean }) {
  const { t } = useTranslation();
  const { orgId, name, role, availability } = organisation;
  const other = availability === "available" ? "away" : "available";
  return (
    <li className="grid grid-cols-1 gap-2 border-line border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="wrap-anywhere min-w-40 flex-1 font-medium">
          {name} <span className="font-normal text-ink-soft text-sm">{t(`settings.role.${role}`)}</span>
        </p>
        {active && <Badge tone="accent">{t("settings.organisations.active")}</Badge>}
        <Badge tone={availability === "available" ? "jungle" : "amber"}>
          {t(`settings.availability.${availability}`)}
        </Badge>
      </div>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Form method="post" preventScrollReset className="flex flex-wrap gap-2">
          <input type="hidden" name="orgId" value={orgId} />
          <input type="hidden" name="availability" value={other} />
          <Button type="submit" size="sm" name="intent" value="availability">
            {t(other === "away" ? "settings.menu.goAway" : "settings.menu.comeBack")}
          </Button>
          {!active && (
            <Button type="submit" size="sm" name="intent" value="switch">
              {t("settings.organisations.work")}
            </Button>
          )}
        </Form>
        <Disclosure label={t("settings.organisations.leave")} danger>
          <Form method="post" className="grid gap-2" preventScrollReset>
            <p className="text-ink-soft text-sm">{t("settings.organisations.leaveSure")}</p>
            <input type="hidden" name="orgId" value={orgId} />
            <div>
              <Button type="submit" size="sm" variant="danger" name="intent" value="leave">
                {t("settings.organisations.leaveConfirm")}
              </Button>
            </div>
          </Form>
        </Disclosure>
      </div>
    </li>
  );
}
