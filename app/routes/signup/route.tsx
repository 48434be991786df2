import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { languageOf, translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { type FormProblem, PASSWORD_MIN, safeNext } from "~/modules/accounts";
import { asFormProblem, canMail, clientOf, fields, findActor, readForm, signUp } from "~/modules/accounts/index.server";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { PublicFrame } from "~/modules/accounts/ui/public-frame";
import { SignInForm } from "~/modules/accounts/ui/sign-in-form";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { PasswordField } from "~/ui/forms/password-field";
import { TextField } from "~/ui/forms/text-field";
import { RouteError } from "~/ui/state/route-error";

export async function loader({ request }: LoaderFunctionArgs) {
  const next = safeNext(new URL(request.url).searchParams.get("next"));
  if (await findActor(request)) throw redirect(next);
  const t = await translator(request);
  return { title: t("accounts.signUp.title"), next };
}

const newcomer = z.object({ name: fields.personName, email: fields.email, password: fields.password });

/** Answers the same for an address that has an account and for one that had none. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await formOf(request);
  try {
    const person = readForm(newcomer, form);
    await signUp({ ...person, locale: await languageOf(request), client: clientOf(request, context) });
    return { email: person.email, mailed: canMail(), problem: undefined, values: undefined };
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function SignUp() {
  const { next } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation();
  if (!answer || answer.problem) return <SignUpPage next={next} problem={answer?.problem} values={answer?.values} />;
  return (
    <PublicFrame title={t("accounts.signUp.doneTitle")} lead={t("accounts.signUp.doneLead", { email: answer.email })}>
      {answer.mailed && <p className="mb-4 text-ink-soft">{t("accounts.signUp.doneMail")}</p>}
      <SignInForm next={next} email={answer.email} />
    </PublicFrame>
  );
}

type SignUpPageProps = { next: string; problem?: FormProblem; values?: Record<string, string> };

function SignUpPage({ next, problem, values }: SignUpPageProps) {
  const { t } = useTranslation();
  const busy = useNavigation().state === "submitting";
  const problemOf = useFieldProblem(problem);
  return (
    <PublicFrame title={t("accounts.signUp.title")} lead={t("accounts.signUp.lead")}>
      <Form method="post" noValidate className="grid gap-4">
        <ProblemNote problem={problem} fields={["name", "email", "password"]} />
        <TextField
          label={t("accounts.name")}
          name="name"
          autoComplete="name"
          maxLength={80}
          defaultValue={values?.name}
          error={problemOf("name")}
        />
        <TextField
          label={t("accounts.email")}
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          defaultValue={values?.email}
          error={problemOf("email")}
        />
        <PasswordField
          label={t("accounts.password")}
          name="password"
          autoComplete="new-password"
          minLength={PASSWORD_MIN}
          hint={t("accounts.passwordHint", { min: PASSWORD_MIN })}
          error={problemOf("password")}
        />
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            {t("accounts.signUp.submit")}
          </Button>
        </div>
      </Form>
      <p className="mt-6 text-ink-soft">
        {t("accounts.signUp.haveAccount")}{" "}
        <Link to={`/login?next=${encodeURIComponent(next)}`} className="text-accent-text underline underline-offset-2">
          {t("accounts.signUp.signIn")}
        </Link>
      </p>
    </PublicFrame>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
