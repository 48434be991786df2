import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { NavLink, Outlet, useLoaderData } from "@remix-run/react";
import { ExternalLink } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdminPage } from "~/modules/accounts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { buttonClass } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";
import { adminMenu } from "./menu";

export async function loader({ request }: LoaderFunctionArgs) {
  const { frame } = await requireAdminPage(request);
  if (/^\/admin\/?$/.test(new URL(request.url).pathname)) throw redirect(adminMenu[0].to);
  const t = await translator(request);
  return { title: t("admin.title"), frame };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The frame of all pages that administer an organisation. */
export default function Admin() {
  const { frame, title } = useLoaderData<typeof loader>();
  const organisation = frame.profile.organisations.find(({ orgId }) => orgId === frame.orgId);
  const { t } = useTranslation();
  return (
    <SignedInFrame {...frame} current="admin">
      <PageHeader
        title={title}
        subtitle={organisation?.name}
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
      <nav aria-label={title} className="flex shrink-0 gap-1 overflow-x-auto border-line border-b bg-surface px-3">
        {adminMenu.map(({ id, to }) => (
          <NavLink
            key={id}
            to={to}
            className="-mb-px inline-flex min-h-10 items-center border-transparent border-b-2 px-2 text-ink-soft hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink pointer-coarse:min-h-11"
          >
            {t(`admin.menu.${id}`)}
          </NavLink>
        ))}
      </nav>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 sm:px-8">
        <div className="max-w-3xl">
          <Outlet />
        </div>
      </div>
    </SignedInFrame>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
