import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { logoAddress } from "~/modules/accounts";
import { asFormProblem, getOrganisation, requireAdmin } from "~/modules/accounts/index.server";
import { CopyField } from "~/modules/accounts/ui/copy-field";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { PHONE_COUNTRIES } from "~/modules/channels";
import { env } from "~/platform/env.server";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { LogoForm } from "./logo-form";
import { OrganisationForm } from "./organisation-form";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { name, handle, locale, timeZone, region, colour, autoAwayMinutes, logoId } = await transact(
    actor,
    { orgId, accountId: actor.accountId },
    (ctx) => getOrganisation(ctx, orgId),
  );
  const t = await translator(request);
  const names = new Intl.DisplayNames([locale], { type: "region" });
  const regions = PHONE_COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code }));
  return {
    title: t("admin.organisation.title"),
    organisation: { name, handle, locale, timeZone, region, colour, autoAwayMinutes },
    regions: regions.sort((one, other) => one.name.localeCompare(other.name, locale)),
    timeZones: Intl.supportedValuesOf("timeZone"),
    link: `${env().publicUrl}/c/${handle}`,
    logo: logoAddress({ handle, logoId }),
    done: new URL(request.url).searchParams.get("done"),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    await act(actor, membership.orgId, form);
    return redirect(`/admin/organisation?done=${form.get("intent") ?? "update"}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

const FIELDS = ["name", "handle", "timeZone", "colour", "autoAwayMinutes"];

export default function Organisation() {
  const { title, link, logo, done, ...form } = useLoaderData<typeof loader>();
  const { answered, problemOf } = useFormAnswer();
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.organisation")}>
        {done === "update" && !answered && <DoneNote>{t("settings.saved")}</DoneNote>}
        <ProblemNote problem={problemOf("update")} fields={FIELDS} />
        <OrganisationForm {...form} />
      </Section>
      <LogoForm logo={logo} done={(done === "logo" || done === "removeLogo") && !answered} />
      <Section id="link" title={t("admin.organisation.link")} lead={t("admin.organisation.linkLead")}>
        <CopyField label={t("admin.organisation.linkLabel")} text={link} />
      </Section>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
