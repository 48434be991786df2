import { Link } from "@remix-run/react";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { adminMenu, MENU_GROUPS } from "~/modules/accounts/ui/admin-menu";

/** All pages of the administration with what each is for: the menu of a phone. */
export function PageList() {
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
