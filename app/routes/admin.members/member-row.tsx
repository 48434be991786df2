import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Avatar } from "~/ui/avatar";
import { AreaBadge, Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { Time } from "~/ui/time";
import { AreaChecks } from "./area-checks";

type Member = {
  id: string;
  accountId: string;
  name: string;
  email: string;
  role: "agent" | "admin";
  availability: "available" | "away";
  areaIds: string[];
  cap: number | null;
  activeAt: string | Date | null;
  isYou: boolean;
  can: { changeRole: boolean; remove: boolean };
};
type MemberRowProps = { member: Member; areas: readonly { id: string; name: string }[] };

export function MemberRow({ member, areas }: MemberRowProps) {
  const { t } = useTranslation();
  const { name, email, role, availability, isYou } = member;
  const { problemOf } = useFormAnswer();
  const row = { memberId: member.id };
  const own = areas.filter(({ id }) => member.areaIds.includes(id));
  return (
    <li className="grid grid-cols-1 gap-1 border-line border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Avatar id={member.accountId} name={name} />
        <div className="min-w-0 flex-1">
          <p className="flex gap-1 font-medium">
            <bdi className="truncate">{name}</bdi>
            {isYou && <span className="shrink-0 font-normal text-ink-faint">({t("admin.members.you")})</span>}
          </p>
          <p className="truncate text-ink-soft text-sm">{email}</p>
          {member.activeAt && (
            <p className="text-ink-faint text-sm">
              {t("admin.members.active")} <Time at={member.activeAt} style="full" />
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-1.5 max-sm:basis-full max-sm:ps-11">
          {own.map((area) => (
            <AreaBadge key={area.id} name={area.name} />
          ))}
          <Badge tone={role === "admin" ? "accent" : "neutral"}>{t(`settings.role.${role}`)}</Badge>
          {availability === "away" && <Badge tone="amber">{t("settings.availability.away")}</Badge>}
        </div>
      </div>
      <div className="ps-11">
        <Disclosure
          label={t("admin.members.edit")}
          ariaLabel={t("admin.members.editOf", { name })}
          open={problemOf("member", row) !== undefined || problemOf("remove", row) !== undefined}
        >
          <EditMember member={member} areas={areas} />
        </Disclosure>
      </div>
    </li>
  );
}

function EditMember({ member, areas }: MemberRowProps) {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const { id, name, role, can } = member;
  const row = { memberId: id };
  const values = valuesOf("member", row);
  const errorOf = useFieldProblem(problemOf("member", row));
  return (
    <div className="grid gap-4 rounded-sm bg-sunken p-4">
      <ProblemNote problem={problemOf("member", row)} fields={["cap"]} />
      <Form method="post" className="grid gap-4" preventScrollReset>
        <input type="hidden" name="memberId" value={id} />
        {!can.changeRole && <input type="hidden" name="role" value={role} />}
        <Select
          className="max-w-60"
          label={t("admin.members.role")}
          name={can.changeRole ? "role" : undefined}
          defaultValue={values?.role ?? role}
          disabled={!can.changeRole}
          hint={can.changeRole ? undefined : t("admin.members.lastAdmin")}
        >
          <option value="agent">{t("settings.role.agent")}</option>
          <option value="admin">{t("settings.role.admin")}</option>
        </Select>
        <AreaChecks areas={areas} chosen={member.areaIds} />
        <TextField
          className="max-w-60"
          label={t("admin.members.cap")}
          hint={t("admin.members.capHint")}
          name="cap"
          type="number"
          inputMode="numeric"
          min={1}
          max={100}
          optional
          defaultValue={values?.cap ?? member.cap ?? ""}
          error={errorOf("cap")}
        />
        <Select
          className="max-w-60"
          label={t("admin.members.availability")}
          name="availability"
          defaultValue={values?.availability ?? member.availability}
        >
          <option value="available">{t("settings.availability.available")}</option>
          <option value="away">{t("settings.availability.away")}</option>
        </Select>
        <div>
          <Button type="submit" name="intent" value="member" busy={isBusy("member", row)}>
            {t("ui.save")}
          </Button>
        </div>
      </Form>
      {can.remove && (
        <Disclosure label={t("admin.members.remove")} danger open={problemOf("remove", row) !== undefined}>
          <ProblemNote problem={problemOf("remove", row)} />
          <Form method="post" className="grid gap-2" preventScrollReset>
            <p className="text-ink-soft text-sm">{t("admin.members.removeSure", { name })}</p>
            <input type="hidden" name="memberId" value={id} />
            <div>
              <Button
                type="submit"
                size="sm"
                variant="danger"
                name="intent"
                value="remove"
                busy={isBusy("remove", row)}
              >
                {t("admin.members.removeConfirm")}
              </Button>
            </div>
          </Form>
        </Disclosure>
      )}
    </div>
  );
}
