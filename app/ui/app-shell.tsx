import { Link } from "@remix-run/react";
import { Menu as MenuIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import { CountBadge } from "./badge";
import { Logo } from "./logo";
import { Mark } from "./mark";
import { AriaProviders } from "./overlay/aria-providers";
import { Dialog } from "./overlay/dialog";

export type ShellItem = {
  id: string;
  to: string;
  label: string;
  icon: ReactNode;
  /** How many are unread there. */
  count?: number;
};

type AppShellProps = {
  /** In order; the first three stand in the phone's bar, the others behind "more". */
  items: ShellItem[];
  /** The id of the item that the page belongs to. */
  current?: string;
  /** The account's menu at the foot of the rail: opened by the avatar. */
  accountMenu: ReactNode;
  /** The same as plain content, for the phone's sheet behind "more". */
  accountPanel?: ReactNode;
  /** Of the organisation that one works in; null shows the product's own mark. */
  logo?: string | null;
  /** Banners across the top. */
  banner?: ReactNode;
  /** On a phone a conversation is alone on the screen: hides the bar. */
  focused?: boolean;
  children: ReactNode;
};

const IN_BAR = 3;
const itemLook =
  "flex flex-col items-center justify-center gap-0.5 rounded-sm text-xs text-ink-soft hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text [&_svg]:size-5";

/** The frame of the app: a rail on a wide screen, a bar of four at the bottom of a phone, and the page between. */
export function AppShell(props: AppShellProps) {
  const { items, current, accountMenu, accountPanel, logo, banner, focused = false, children } = props;
  const { t } = useTranslation();
  return (
    <AriaProviders>
      <div className="flex h-dvh flex-col">
        <a
          href="#content"
          className="sr-only rounded-sm bg-raised px-3 py-2 shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60"
        >
          {t("ui.skipToContent")}
        </a>
        {banner}
        <div className="flex min-h-0 flex-1">
          <nav
            aria-label={t("ui.nav.label")}
            className="hidden w-20 shrink-0 flex-col gap-1 border-line border-r bg-surface px-1.5 py-3 md:flex"
          >
            <Link to="/" aria-label={t("ui.product")} className="mx-auto mb-3 rounded-sm">
              {logo ? <Logo src={logo} size="rail" /> : <Mark className="size-9" />}
            </Link>
            <div className="flex min-h-0 flex-1 flex-col gap-1 overflow-y-auto">
              {items.map((item) => (
                <RailItem key={item.id} item={item} current={item.id === current} />
              ))}
            </div>
            <div className="flex justify-center pt-2">{accountMenu}</div>
          </nav>
          <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
            {children}
          </main>
        </div>
        {!focused && <BottomBar items={items} current={current} accountPanel={accountPanel} />}
      </div>
    </AriaProviders>
  );
}

function RailItem({ item, current }: { item: ShellItem; current: boolean }) {
  return (
    <Link to={item.to} prefetch="intent" aria-current={current ? "page" : undefined} className={`min-h-14 ${itemLook}`}>
      <ItemBody item={item} />
    </Link>
  );
}

function ItemBody({ item }: { item: ShellItem }) {
  return (
    <>
      <span className="relative">
        {item.icon}
        <span className="absolute -top-2 left-3">
          <CountBadge count={item.count ?? 0} />
        </span>
      </span>
      <span className="max-w-full truncate">{item.label}</span>
    </>
  );
}

type BottomBarProps = Pick<AppShellProps, "items" | "current" | "accountPanel">;

function BottomBar({ items, current, accountPanel }: BottomBarProps) {
  const { t } = useTranslation();
  return (
    <nav
      aria-label={t("ui.nav.label")}
      className="grid shrink-0 auto-cols-fr grid-flow-col gap-1 border-line border-t bg-surface px-1 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] md:hidden"
    >
      {items.slice(0, IN_BAR).map((item) => (
        <Link
          key={item.id}
          to={item.to}
          aria-current={item.id === current ? "page" : undefined}
          className={`min-h-12 ${itemLook}`}
        >
          <ItemBody item={item} />
        </Link>
      ))}
      <MoreSheet items={items.slice(IN_BAR)} current={current} accountPanel={accountPanel} />
    </nav>
  );
}

/** What has no room in the bar. */
function MoreSheet({ items, current, accountPanel }: BottomBarProps) {
  const { t } = useTranslation();
  const here = items.some((item) => item.id === current);
  const trigger = (
    <button type="button" aria-current={here || undefined} className={`min-h-12 ${itemLook}`}>
      <MenuIcon aria-hidden />
      {t("ui.nav.more")}
    </button>
  );
  return (
    <Dialog title={t("ui.nav.more")} shape="sheet" trigger={trigger}>
      {(close) => (
        <div className="grid gap-4 divide-y divide-line pb-[env(safe-area-inset-bottom)] [&>*+*]:pt-4">
          {items.length > 0 && (
            <ul className="grid gap-1 pb-4">
              {items.map((item) => (
                <li key={item.id}>
                  <Link
                    to={item.to}
                    onClick={close}
                    aria-current={item.id === current ? "page" : undefined}
                    className="flex min-h-11 items-center gap-3 rounded-sm px-2 hover:bg-hover aria-[current]:font-medium aria-[current]:text-accent-text [&_svg]:size-5"
                  >
                    {item.icon}
                    <span className="flex-1">{item.label}</span>
                    <CountBadge count={item.count ?? 0} />
                  </Link>
                </li>
              ))}
            </ul>
          )}
          {accountPanel}
        </div>
      )}
    </Dialog>
  );
}
