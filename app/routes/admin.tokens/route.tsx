import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, listTokens, requireAdmin } from "~/modules/accounts/index.server";
import { CopyField } from "~/modules/accounts/ui/copy-field";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { TokenForm } from "./token-form";
import { TokenRow } from "./token-row";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const tokens = await transact(actor, { orgId, accountId: actor.accountId }, (ctx) => listTokens(ctx, orgId));
  const t = await translator(request);
  return { title: t("admin.tokens.title"), tokens, done: new URL(request.url).searchParams.has("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    const made = await act(actor, membership.orgId, form);
    return made ? { made } : redirect("/admin/tokens?done=revoked");
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Tokens() {
  const { title, tokens, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { problemOf } = useFormAnswer();
  const made = answer && "made" in answer ? answer.made : undefined;
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.tokens")}>
        {done && !answer && <DoneNote>{t("admin.tokens.revoked")}</DoneNote>}
        {tokens.length === 0 && <p className="text-ink-soft">{t("admin.tokens.empty")}</p>}
        <ul className="grid max-w-3xl grid-cols-1">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      </Section>
      <Section id="create" title={t("admin.tokens.create")} lead={t("admin.tokens.createLead")}>
        {made && (
          <div className="grid max-w-[40rem] gap-3">
            <DoneNote>{t("admin.tokens.made", { name: made.name })}</DoneNote>
            <CopyField label={t("admin.tokens.secret")} text={made.token} />
          </div>
        )}
        <ProblemNote problem={problemOf("create")} fields={["name"]} />
        <TokenForm key={tokens.length} />
      </Section>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
