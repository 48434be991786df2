import { Link } from "@remix-run/react";
import { Inbox, Settings2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { AppShell, type ShellItem } from "~/ui/app-shell";
import { Banner } from "~/ui/state/banner";
import { TimeZone } from "~/ui/time";
import { AccountMenu, AccountPanel } from "./account-menu";

/** What the frame needs to know of who is signed in: `frameOf` of index.server.ts makes it. */
export type FrameData = {
  accountId: string;
  name: string;
  image: string | null;
  demoPassword: boolean;
  organisations: readonly FrameOrganisation[];
  /** The organisation worked in; null for who belongs to none. */
  active: FrameOrganisation | null;
};
export type FrameOrganisation = {
  orgId: string;
  memberId: string;
  name: string;
  timeZone: string;
  role: "agent" | "admin";
  availability: "available" | "away";
};

export type Place = "inbox" | "admin" | "settings";

function useItems(active: FrameOrganisation | null, counts: Partial<Record<Place, number>>): ShellItem[] {
  const { t } = useTranslation();
  if (!active) return [];
  const inbox = {
    id: "inbox",
    to: "/inbox",
    label: t("ui.nav.inbox"),
    icon: <Inbox aria-hidden />,
    count: counts.inbox,
  };
  const admin = { id: "admin", to: "/admin/members", label: t("ui.nav.admin"), icon: <Settings2 aria-hidden /> };
  return active.role === "admin" ? [inbox, admin] : [inbox];
}

type AppFrameProps = {
  frame: FrameData;
  current: Place;
  counts?: Partial<Record<Place, number>>;
  /** On a phone a conversation is alone on the screen: hides the bar. */
  focused?: boolean;
  /** Shown above everything, under the demo's own banner. */
  banner?: ReactNode;
  children: ReactNode;
};

/** The app around a page of somebody who is signed in: where one can go, who one is, and what must be said on top. */
export function AppFrame({ frame, current, counts = {}, focused, banner, children }: AppFrameProps) {
  const items = useItems(frame.active, counts);
  return (
    <TimeZone timeZone={frame.active?.timeZone}>
      <AppShell
        items={items}
        current={current}
        focused={focused}
        accountMenu={<AccountMenu frame={frame} />}
        accountPanel={<AccountPanel frame={frame} />}
        banner={
          <>
            {frame.demoPassword && <DemoBanner />}
            {banner}
          </>
        }
      >
        {children}
      </AppShell>
    </TimeZone>
  );
}

function DemoBanner() {
  const { t } = useTranslation();
  return (
    <Banner tone="warning" action={<Link to="/settings#password">{t("ui.demoPasswordAction")}</Link>}>
      {t("ui.demoPassword")}
    </Banner>
  );
}
