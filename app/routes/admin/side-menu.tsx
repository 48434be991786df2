import { NavLink } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { adminMenu, MENU_GROUPS } from "~/modules/accounts/ui/admin-menu";

/** The pages of the administration in their groups, beside the page on a wide screen. */
export function SideMenu({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <nav
      aria-label={label}
      className="hidden w-56 shrink-0 overflow-y-auto border-line border-r bg-surface px-3 py-4 md:block"
    >
      {MENU_GROUPS.map((group) => (
        <div key={group} className="mb-4">
          <p className="px-2 pb-1 font-medium text-ink-faint text-xs">{t(`admin.groups.${group}`)}</p>
          <ul className="grid gap-px">
            {adminMenu
              .filter((one) => one.group === group)
              .map(({ id, to }) => (
                <li key={id}>
                  <NavLink
                    to={to}
                    className="flex min-h-8 items-center rounded-sm px-2 text-ink-soft hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text pointer-coarse:min-h-11"
                  >
                    {t(`admin.menu.${id}`)}
                  </NavLink>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
