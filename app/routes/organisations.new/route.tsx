import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { type ChangeEvent, useState } from "react";
import { languageOf, translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { type FormProblem, handleFrom } from "~/modules/accounts";
import { asFormProblem, organisationCookie, requireActor, requirePage } from "~/modules/accounts/index.server";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";
import { foundOrganisation } from "./found-organisation.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const { frame } = await requirePage(request);
  const t = await translator(request);
  return { title: t("settings.newOrganisation.title"), frame, host: new URL(request.url).host };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const form = await formOf(request);
  try {
    const { orgId } = await foundOrganisation(actor, form, await languageOf(request));
    return redirect("/admin/members", { headers: { "Set-Cookie": organisationCookie(orgId) } });
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function NewOrganisation() {
  const { frame, title, host } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { t } = useTranslation();
  return (
    <SignedInFrame {...frame}>
      <PageHeader title={title} back={{ to: "/settings", when: "always" }} />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-6 sm:px-8">
        <p className="max-w-[40rem] text-pretty text-ink-soft">{t("settings.newOrganisation.lead")}</p>
        <NameAndHandle host={host} problem={refused?.problem} values={refused?.values} />
      </div>
    </SignedInFrame>
  );
}

type NameAndHandleProps = { host: string; problem?: FormProblem; values?: Record<string, string> };

/** The handle follows the name until somebody writes one. */
function NameAndHandle({ host, problem, values }: NameAndHandleProps) {
  const { t } = useTranslation();
  const busy = useNavigation().state === "submitting";
  const problemOf = useFieldProblem(problem);
  const [handle, setHandle] = useState(values?.handle ?? "");
  const [own, setOwn] = useState(Boolean(values?.handle));
  const follow = (event: ChangeEvent<HTMLInputElement>) => own || setHandle(handleFrom(event.currentTarget.value));
  const write = (event: ChangeEvent<HTMLInputElement>) => {
    setOwn(event.currentTarget.value !== "");
    setHandle(event.currentTarget.value);
  };
  const link = `${host}/c/${handle || "…"}`;
  return (
    <Form method="post" noValidate className="mt-6 grid max-w-md gap-4">
      <ProblemNote problem={problem} fields={["name", "handle"]} />
      <TextField
        label={t("settings.newOrganisation.name")}
        name="name"
        autoComplete="organization"
        maxLength={80}
        placeholder={t("settings.newOrganisation.namePlaceholder")}
        defaultValue={values?.name}
        onChange={follow}
        error={problemOf("name")}
      />
      <TextField
        label={t("settings.newOrganisation.handle")}
        name="handle"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        minLength={3}
        maxLength={30}
        value={handle}
        onChange={write}
        hint={t("settings.newOrganisation.handleHint", { link })}
        error={problemOf("handle")}
      />
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {t("settings.newOrganisation.submit")}
        </Button>
      </div>
    </Form>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
