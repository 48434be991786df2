import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, getOrganisation, listAreas, requireAdmin } from "~/modules/accounts/index.server";
import { CopyField } from "~/modules/accounts/ui/copy-field";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { listFlowChoices } from "~/modules/bots/index.server";
import { CHANNEL_KINDS } from "~/modules/channels";
import { listChannelsWithHealth, settingFields } from "~/modules/channels/index.server";
import { env } from "~/platform/env.server";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { ChannelRow } from "./channel-row";
import { ConnectForms } from "./connect-forms";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { areas, organisation, flows } = await transact(actor, { orgId, accountId: actor.accountId }, async (ctx) => ({
    areas: (await listAreas(ctx, { orgId })).areas.map(({ id, name }) => ({ id, name })),
    organisation: await getOrganisation(ctx, orgId),
    flows: await listFlowChoices(ctx),
  }));
  const channels = await listChannelsWithHealth(actor, orgId);
  const t = await translator(request);
  const kinds = CHANNEL_KINDS.map((kind) => ({ kind, fields: settingFields(kind) }));
  return {
    title: t("admin.channels.title"),
    channels,
    areas,
    flows,
    kinds: kinds.filter(({ fields }) => fields.length > 0),
    link: `${env().publicUrl}/c/${organisation.handle}`,
    done: new URL(request.url).searchParams.get("done"),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    return redirect(`/admin/channels?done=${await act(actor, membership.orgId, form)}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Channels() {
  const { title, channels, areas, flows, kinds, link, done } = useLoaderData<typeof loader>();
  const { answered } = useFormAnswer();
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.channels")}>
        {done && !answered && <DoneNote>{t("settings.saved")}</DoneNote>}
        <ul className="grid max-w-3xl grid-cols-1">
          {channels.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              areas={areas}
              flows={flows}
              fields={kinds.find(({ kind }) => kind === channel.kind)?.fields ?? []}
            />
          ))}
        </ul>
      </Section>
      <Section id="link" title={t("admin.channels.link")} lead={t("admin.channels.linkLead")}>
        <CopyField label={t("admin.organisation.linkLabel")} text={link} />
        <p>
          <Link
            to="/admin/links"
            className="touch-target inline-flex items-center text-accent-text underline underline-offset-2"
          >
            {t("admin.menu.links")}
          </Link>
        </p>
      </Section>
      <Section id="connect" title={t("admin.channels.connect")} lead={t("admin.channels.connectLead")}>
        <ConnectForms key={channels.length} kinds={kinds} areas={areas} />
      </Section>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
