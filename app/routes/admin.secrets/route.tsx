import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin, runAs } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { listSecrets } from "~/modules/bots/index.server";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { PasswordField } from "~/ui/forms/password-field";
import { TextArea } from "~/ui/forms/text-area";
import { TextField } from "~/ui/forms/text-field";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { SecretRow } from "./secret-row";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const t = await translator(request);
  const secrets = await runAs(actor, orgId)((ctx) => listSecrets(ctx, orgId));
  return { title: t("admin.secrets.title"), secrets, done: new URL(request.url).searchParams.get("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    await act(actor, membership.orgId, form);
    return redirect(`/admin/secrets?done=${form.get("intent")}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** What bots may send to other servers and nobody may read. */
export default function Secrets() {
  const { title, secrets, done } = useLoaderData<typeof loader>();
  const { answered } = useFormAnswer();
  const { t } = useTranslation();
  const said = done && !answered ? <DoneNote>{t("settings.saved")}</DoneNote> : null;
  return (
    <>
      <Section title={title} lead={t("admin.about.secrets")}>
        {done !== "create" && said}
        {secrets.length === 0 && <p className="text-ink-soft">{t("admin.secrets.empty")}</p>}
        <ul className="grid max-w-3xl grid-cols-1">
          {secrets.map((secret) => (
            <SecretRow key={`${secret.id}-${secret.updatedAt}`} secret={secret} />
          ))}
        </ul>
      </Section>
      <Section id="create" title={t("admin.secrets.create")} lead={t("admin.secrets.createLead")}>
        {done === "create" && said}
        <CreateSecret key={secrets.length} />
      </Section>
    </>
  );
}

function CreateSecret() {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const problem = problemOf("create");
  const errorOf = useFieldProblem(problem);
  const values = valuesOf("create");
  return (
    <Form method="post" noValidate className="grid max-w-xl gap-4" preventScrollReset>
      <ProblemNote problem={problem} fields={["name", "value", "hosts"]} />
      <TextField
        label={t("admin.secrets.name")}
        hint={t("admin.secrets.nameHint")}
        name="name"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        defaultValue={values?.name}
        error={errorOf("name")}
      />
      <PasswordField label={t("admin.secrets.value")} name="secret" autoComplete="off" error={errorOf("value")} />
      <TextArea
        label={t("admin.secrets.hosts")}
        hint={t("admin.secrets.hostsHint")}
        name="hosts"
        rows={2}
        defaultValue={values?.hosts}
        error={errorOf("hosts")}
      />
      <div>
        <Button type="submit" name="intent" value="create" variant="primary" busy={isBusy("create")}>
          {t("admin.secrets.createSubmit")}
        </Button>
      </div>
    </Form>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
