import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link } from "@remix-run/react";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { requireAdmin } from "~/modules/accounts/index.server";
import { RouteError } from "~/ui/state/route-error";
import { adminMenu, MENU_GROUPS } from "../admin/menu";

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request);
  return null;
}

/** All pages of the administration with what each is for: the menu of a phone. */
export default function AdminPages() {
  const { t } = useTranslation();
  return MENU_GROUPS.map((group) => (
    <section key={group} className="py-4" aria-label={t(`admin.groups.${group}`)}>
      <h2 className="pb-1 font-semibold text-ink-soft text-sm">{t(`admin.groups.${group}`)}</h2>
      <ul className="grid">
        {adminMenu
          .filter((one) => one.group === group)
          .map(({ id, to }) => (
            <li key={id} className="border-line border-b last:border-b-0">
              <Link to={to} className="flex min-h-14 items-center gap-3 py-2.5 hover:bg-hover">
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{t(`admin.menu.${id}`)}</span>
                  <span className="block text-pretty text-ink-soft text-sm">{t(`admin.about.${id}`)}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
              </Link>
            </li>
          ))}
      </ul>
    </section>
  ));
}

export function ErrorBoundary() {
  return <RouteError />;
}
