import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, getOrganisation, requireAdmin, runAs } from "~/modules/accounts/index.server";
import { CopyField } from "~/modules/accounts/ui/copy-field";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { env } from "~/platform/env.server";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { TextArea } from "~/ui/forms/text-area";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { name, handle, widgetSites } = await runAs(actor, orgId)((ctx) => getOrganisation(ctx, orgId));
  const t = await translator(request);
  return {
    title: t("admin.widget.title"),
    name,
    preview: `/c/${handle}?widget=1`,
    snippet: `<script src="${env().publicUrl}/widget.js" data-handle="${handle}" async></script>`,
    sites: widgetSites,
    done: new URL(request.url).searchParams.has("done"),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    await act(actor, membership.orgId, form);
    return redirect("/admin/widget?done=sites");
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The public chat on the organisation's own site. */
export default function Widget() {
  const { title, name, preview, snippet, sites, done } = useLoaderData<typeof loader>();
  const { answered, problemOf, valuesOf, isBusy } = useFormAnswer();
  const errorOf = useFieldProblem(problemOf("sites"));
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.widget")}>
        {done && !answered && <DoneNote>{t("settings.saved")}</DoneNote>}
        <ProblemNote problem={problemOf("sites")} fields={["widgetSites"]} />
        <Form method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
          <TextArea
            key={sites.join()}
            label={t("admin.widget.sites")}
            hint={t("admin.widget.sitesHint")}
            name="widgetSites"
            rows={3}
            optional
            autoComplete="off"
            spellCheck={false}
            placeholder="https://www.example.com"
            defaultValue={valuesOf("sites")?.widgetSites ?? sites.join("\n")}
            error={errorOf("widgetSites")}
          />
          <div>
            <Button type="submit" name="intent" value="sites" variant="primary" busy={isBusy("sites")}>
              {t("ui.save")}
            </Button>
          </div>
        </Form>
      </Section>
      <Section id="snippet" title={t("admin.widget.snippet")} lead={t("admin.widget.snippetLead")}>
        {sites.length === 0 && <p className="text-amber-text">{t("admin.widget.noSites")}</p>}
        <div className="max-w-[40rem]">
          <CopyField label={t("admin.widget.code")} text={snippet} />
        </div>
      </Section>
      <Section id="preview" title={t("admin.widget.preview")} lead={t("admin.widget.previewLead")}>
        <iframe
          src={preview}
          title={name}
          loading="lazy"
          className="h-[38rem] max-h-[80dvh] w-full max-w-96 rounded-md border border-line-mid bg-surface"
        />
      </Section>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
