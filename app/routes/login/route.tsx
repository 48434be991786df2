import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useEffect } from "react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { safeNext } from "~/modules/accounts";
import {
  asFormProblem,
  choseLanguage,
  clientOf,
  findActor,
  languageCookie,
  signIn,
} from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { PublicFrame } from "~/modules/accounts/ui/public-frame";
import { SignInForm } from "~/modules/accounts/ui/sign-in-form";
import { forgetLocalDrafts } from "~/modules/realtime/ui/later/local-draft";
import { forgetTabs } from "~/modules/realtime/ui/tabs/tab-place";
import { formOf } from "~/platform/form-of.server";
import { dropParcel } from "~/platform/kept/shared-parcel";
import { forgetKeptPages } from "~/ui/state/kept-page";
import { RouteError } from "~/ui/state/route-error";

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const next = safeNext(searchParams.get("next"));
  if (await findActor(request)) throw redirect(next);
  const t = await translator(request);
  return { title: t("accounts.signIn.title"), next, done: searchParams.get("done") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await formOf(request);
  const text = (name: string) => String(form.get(name) ?? "");
  try {
    const client = clientOf(request, context);
    const { setCookie, locale } = await signIn({ email: text("email"), password: text("password"), client });
    const headers = new Headers({ "Set-Cookie": setCookie });
    if (locale && !choseLanguage(request.headers.get("Cookie"))) headers.append("Set-Cookie", languageCookie(locale));
    return redirect(safeNext(form.get("next")), { headers });
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Login() {
  const { next, done } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { t } = useTranslation();
  useEffect(() => {
    // Only who is not signed in sees this page.
    void forgetKeptPages();
    if (done !== "signed-out") return;
    forgetLocalDrafts();
    forgetTabs();
    void dropParcel();
  }, [done]);
  return (
    <PublicFrame title={t("accounts.signIn.title")}>
      <div className="grid gap-6">
        {done === "signed-out" && !refused && <DoneNote>{t("accounts.signIn.signedOut")}</DoneNote>}
        {done === "password" && !refused && <DoneNote>{t("accounts.signIn.passwordReset")}</DoneNote>}
        <SignInForm next={next} email={refused?.values.email} problem={refused?.problem} />
        <p className="text-ink-soft">
          {t("accounts.signIn.noAccount")}{" "}
          <Link
            to={`/signup?next=${encodeURIComponent(next)}`}
            className="text-accent-text underline underline-offset-2"
          >
            {t("accounts.signIn.create")}
          </Link>
        </p>
      </div>
    </PublicFrame>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
