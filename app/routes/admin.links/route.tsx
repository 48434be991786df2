import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { logoAddress } from "~/modules/accounts";
import { getOrganisation, requireAdmin, runAs } from "~/modules/accounts/index.server";
import { CopyField } from "~/modules/accounts/ui/copy-field";
import { Section } from "~/modules/accounts/ui/section";
import type { ChatLink } from "~/modules/tickets";
import { listLinks } from "~/modules/tickets/index.server";
import { useChannelName } from "~/modules/tickets/ui/channel-icon";
import { Logo } from "~/ui/logo";
import { QrCode } from "~/ui/qr/qr-code";
import { RouteError } from "~/ui/state/route-error";
import { QrDownloads } from "./qr-downloads";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const organisation = await runAs(actor, orgId)((ctx) => getOrganisation(ctx, orgId));
  const links = await listLinks(actor, orgId);
  const which = new URL(request.url).searchParams.get("link");
  const t = await translator(request);
  return {
    title: t("admin.links.title"),
    links,
    chosen: (links.find(({ id }) => id === which) ?? links[0]) as ChatLink,
    organisation: { name: organisation.name, handle: organisation.handle, logo: logoAddress(organisation) },
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The addresses by which customers write, to publish or to print. */
export default function Links() {
  const { title, links, chosen, organisation } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const nameOf = useLinkName();
  const file = [organisation.handle, chosen.name].filter(Boolean).join("-");
  return (
    <Section title={title} lead={t("admin.about.links")}>
      {links.length > 1 && (
        <nav aria-label={t("admin.links.which")} className="flex flex-wrap gap-1">
          {links.map((link) => (
            <Link
              key={link.id}
              to={`?link=${link.id}`}
              aria-current={link.id === chosen.id ? "true" : undefined}
              preventScrollReset
              className="inline-flex min-h-8 max-w-full items-center rounded-sm border border-line-mid px-2.5 text-sm hover:bg-hover aria-[current]:border-transparent aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text pointer-coarse:min-h-11"
            >
              <bdi className="truncate">{nameOf(link)}</bdi>
            </Link>
          ))}
        </nav>
      )}
      <div className="max-w-[40rem]">
        <CopyField key={chosen.url} label={t("admin.links.link")} text={chosen.url} />
      </div>
      <figure className="poster grid w-fit justify-items-center gap-3 rounded-md border border-line bg-[#fff] p-5 text-[#000]">
        {organisation.logo && <Logo src={organisation.logo} size="xl" />}
        <p className="max-w-64 text-balance text-center font-semibold text-md print:max-w-none print:text-4xl">
          {organisation.name}
        </p>
        <QrCode text={chosen.url} label={t("admin.links.codeOf", { name: nameOf(chosen) })} className="size-64" />
        <figcaption className="max-w-64 text-center print:max-w-none print:text-2xl">
          {t("admin.links.scan")}
          <span className="wrap-anywhere block text-sm print:text-lg">{chosen.url.replace(/^https?:\/\//, "")}</span>
        </figcaption>
      </figure>
      <QrDownloads text={chosen.url} name={file} />
    </Section>
  );
}

/** What a link leads to, in a word. */
function useLinkName(): (link: ChatLink) => string {
  const { t } = useTranslation();
  const channelName = useChannelName();
  return ({ id, kind, name }) => (id === "chat" ? t("admin.links.chat") : kind === "web" ? name : channelName(kind));
}

export function ErrorBoundary() {
  return <RouteError />;
}
