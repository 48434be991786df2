import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { Secret } from "~/modules/bots";
import { Button } from "~/ui/button";
import { PasswordField } from "~/ui/forms/password-field";
import { TextArea } from "~/ui/forms/text-area";
import { Time } from "~/ui/time";

/** A secret's name, where it may go, and what can be done with it. Its value is nowhere. */
export function SecretRow({ secret }: { secret: Secret }) {
  const { t } = useTranslation();
  const { problemOf } = useFormAnswer();
  const { id, name, hosts, updatedAt } = secret;
  const row = { keyId: id };
  const refused = ["change", "delete"].some((intent) => problemOf(intent, row));
  return (
    <li className="grid grid-cols-1 gap-1 border-line border-b py-3 last:border-b-0">
      <p className="wrap-anywhere font-medium">
        <code>{`{{org.secrets.${name}}}`}</code>
      </p>
      <p className="wrap-anywhere text-ink-soft text-sm">
        {t("admin.secrets.sentTo", { hosts: hosts.join(", ") })}
        {" · "}
        {t("admin.secrets.since")} <Time at={updatedAt} style="date" />
      </p>
      <Disclosure label={t("admin.secrets.edit")} ariaLabel={t("admin.secrets.editOf", { name })} open={refused}>
        <div className="grid max-w-xl gap-4 rounded-sm bg-sunken p-4">
          <ChangeSecret secret={secret} />
          <DeleteSecret secret={secret} />
        </div>
      </Disclosure>
    </li>
  );
}

function ChangeSecret({ secret: { id, hosts } }: { secret: Secret }) {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const row = { keyId: id };
  const problem = problemOf("change", row);
  const errorOf = useFieldProblem(problem);
  return (
    <Form method="post" noValidate className="grid gap-4" preventScrollReset>
      <ProblemNote problem={problem} fields={["value", "hosts"]} />
      <input type="hidden" name="keyId" value={id} />
      <PasswordField
        label={t("admin.secrets.newValue")}
        hint={t("admin.secrets.newValueHint")}
        name="secret"
        optional
        autoComplete="off"
        error={errorOf("value")}
      />
      <TextArea
        label={t("admin.secrets.hosts")}
        hint={t("admin.secrets.hostsHint")}
        name="hosts"
        rows={2}
        defaultValue={valuesOf("change", row)?.hosts ?? hosts.join("\n")}
        error={errorOf("hosts")}
      />
      <div>
        <Button type="submit" name="intent" value="change" busy={isBusy("change", row)}>
          {t("ui.save")}
        </Button>
      </div>
    </Form>
  );
}

function DeleteSecret({ secret: { id } }: { secret: Secret }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const row = { keyId: id };
  const problem = problemOf("delete", row);
  return (
    <Disclosure label={t("admin.secrets.delete")} danger open={problem !== undefined}>
      <Form method="post" className="grid gap-2" preventScrollReset>
        <ProblemNote problem={problem} />
        <p className="text-ink-soft text-sm">{t("admin.secrets.deleteSure")}</p>
        <input type="hidden" name="keyId" value={id} />
        <div>
          <Button type="submit" size="sm" variant="danger" name="intent" value="delete" busy={isBusy("delete", row)}>
            {t("admin.secrets.deleteConfirm")}
          </Button>
        </div>
      </Form>
    </Disclosure>
  );
}
