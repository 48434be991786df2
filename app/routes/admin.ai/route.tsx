import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { languageOf, translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin, runAs } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { Section } from "~/modules/accounts/ui/section";
import { getAiEndpoint } from "~/modules/bots/index.server";
import { formOf } from "~/platform/form-of.server";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { EndpointForm } from "./endpoint-form";
import { Trial } from "./trial";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const [t, language] = await Promise.all([translator(request), languageOf(request)]);
  const endpoint = await runAs(actor, orgId)((ctx) => getAiEndpoint(ctx, orgId));
  return { title: t("admin.ai.title"), endpoint, language, done: new URL(request.url).searchParams.has("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    const tried = await act(actor, membership.orgId, form);
    return tried ? { tried } : redirect("/admin/ai?done");
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

const MILLION = 1_000_000;

/** The organisation's own language model, if it wants one. */
export default function Ai() {
  const { title, endpoint, language, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t, i18n } = useTranslation();
  const use = endpoint?.use;
  const cost = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 4 }).format((use?.cost ?? 0) / MILLION);
  return (
    <>
      <Section title={title} lead={t("admin.about.ai")}>
        {done && !answer && <DoneNote>{t("settings.saved")}</DoneNote>}
        {use && <p className="text-ink-soft">{t("admin.ai.used", { count: use.questions, cost })}</p>}
        <EndpointForm key={JSON.stringify(endpoint)} endpoint={endpoint} />
      </Section>
      {endpoint?.enabled && (
        <Section id="try" title={t("admin.ai.tryTitle")} lead={t("admin.ai.tryLead")}>
          <Trial tried={answer && "tried" in answer ? answer.tried : null} language={language} />
        </Section>
      )}
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
