import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData, useLocation } from "@remix-run/react";
import { ExternalLink } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdminPage } from "~/modules/accounts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { buttonClass } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";
import { PageList } from "./page-list";
import { SideMenu } from "./side-menu";

export async function loader({ request }: LoaderFunctionArgs) {
  const { frame } = await requireAdminPage(request);
  const t = await translator(request);
  return { title: t("admin.title"), frame };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The frame of all pages that administer an organisation. */
export default function Admin() {
  const { frame, title } = useLoaderData<typeof loader>();
  const organisation = frame.profile.organisations.find(({ orgId }) => orgId === frame.orgId);
  const { t } = useTranslation();
  const isList = /^\/admin\/?$/.test(useLocation().pathname);
  return (
    <SignedInFrame {...frame} current="admin">
      <PageHeader
        title={title}
        subtitle={organisation?.name}
        back={isList ? undefined : { to: "/admin" }}
        actions={
          organisation && (
            <a
              href={`/c/${organisation.handle}`}
              target="_blank"
              rel="noreferrer"
              className={buttonClass("quiet", "sm")}
            >
              {t("admin.publicChat")}
              <ExternalLink aria-hidden className="size-4" />
            </a>
          )
        }
      />
      <div className="flex min-h-0 flex-1">
        <SideMenu label={title} />
        <div className="min-w-0 flex-1 overflow-y-auto px-5 sm:px-8">
          <div className="max-w-3xl">{isList ? <PageList /> : <Outlet />}</div>
        </div>
      </div>
    </SignedInFrame>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
