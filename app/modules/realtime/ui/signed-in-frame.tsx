import { Link, useNavigation, useRouteLoaderData } from "@remix-run/react";
import {
  Bell,
  Bot,
  ChartColumn,
  Inbox,
  ListChecks,
  MessageSquarePlus,
  MessageSquareText,
  MessagesSquare,
  Settings,
  ShieldUser,
  Users,
} from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { logoAddress } from "~/modules/accounts";
import type { Profile } from "~/modules/accounts/index.server";
import { adminMenu } from "~/modules/accounts/ui/admin-menu";
import { HERE_CHANNEL, settle } from "~/platform/kept/kept-store";
import { AppShell, type ShellItem } from "~/ui/app-shell";
import CopyBanner from "~/ui/offline/copy-banner";
import { UpdatePrompt } from "~/ui/offline/update-prompt";
import { ToastRegion } from "~/ui/overlay/toasts";
import { Banner } from "~/ui/state/banner";
import { forgetKeptPages } from "~/ui/state/kept-page";
import { OfflineBanner } from "~/ui/state/offline-banner";
import { TimeZone } from "~/ui/time";
import { CLOSE } from "../protocol";
import { AccountMenu, type AccountMenuProps, AccountPanel } from "./account-menu";
import { HubProvider, useHubStatus } from "./hub-provider";
import { useNoticeToasts } from "./notices/use-notice-toasts";
import { useNotices } from "./notices/use-notices";
import { OutboxProvider } from "./outbox/outbox-provider";
import type { PlaceToGo } from "./palette/palette-dialog";
import { PaletteKeys } from "./palette/palette-keys";
import { closeTabStore } from "./tabs/standing-store";
import { forgetPlaces } from "./thread-places";

type SignedInFrameProps = {
  profile: Profile;
  /** The organisation that the person works in now; null for who belongs to none. */
  orgId: string | null;
  /** The part of the app that the page belongs to; none for settings. */
  current?: "inbox" | "chats" | "contacts" | "notices" | "reports" | "bots" | "admin";
  /** On a phone the page stands alone, without the bar at the bottom. */
  focused?: boolean;
  children: ReactNode;
};

/** What stands around every page of who is signed in: the way about, the account, and the tab's one connection. */
export function SignedInFrame({ profile, orgId, ...page }: SignedInFrameProps) {
  const leaving = useLeaving();
  useWarmUp();
  const signingOut = useNavigation().formAction === "/logout";
  useAccountHere(profile.accountId, signingOut);
  useEffect(() => {
    if (!signingOut) return;
    forgetPlaces();
    closeTabStore();
  }, [signingOut]);
  const here = profile.organisations.find((one) => one.orgId === orgId);
  return (
    <HubProvider url={`/hub?as=${profile.accountId}`} onEnded={(code) => leaving.current || startAnew(code)}>
      <OutboxProvider owner={profile.accountId} leaving={signingOut}>
        <TimeZone timeZone={here?.timeZone}>
          <ToastRegion>
            <Shell profile={profile} orgId={orgId} {...page} />
          </ToastRegion>
        </TimeZone>
      </OutboxProvider>
    </HubProvider>
  );
}

/** The app around the page, with how much there is to read in its parts. */
/** Canned replies are everybody's page. */
const ADMIN_PAGES = adminMenu.filter(({ to }) => to.startsWith("/admin/"));

function Shell({ profile, orgId, current, focused, children }: SignedInFrameProps) {
  const { t } = useTranslation();
  const root = useRouteLoaderData<{ language: string; theme: string }>("root");
  const here = profile.organisations.find((one) => one.orgId === orgId);
  const account: AccountMenuProps = {
    profile,
    orgId,
    language: root?.language ?? "es",
    theme: root?.theme ?? "system",
  };
  const unread = useNotices(here ?? null);
  useNoticeToasts(here ?? null);
  const items: ShellItem[] = [
    ...(here
      ? [{ id: "inbox", to: "/inbox", label: t("ui.nav.inbox"), icon: <Inbox aria-hidden />, count: unread.tickets }]
      : []),
    { id: "chats", to: "/chats", label: t("ui.nav.chats"), icon: <MessagesSquare aria-hidden />, count: unread.chats },
    ...(here
      ? [
          {
            id: "notices",
            to: "/notices",
            label: t("ui.nav.notices"),
            icon: <Bell aria-hidden />,
            count: unread.notices,
          },
        ]
      : []),
    ...(here ? [{ id: "contacts", to: "/contacts", label: t("ui.nav.contacts"), icon: <Users aria-hidden /> }] : []),
    ...(here ? [{ id: "reports", to: "/reports", label: t("ui.nav.reports"), icon: <ChartColumn aria-hidden /> }] : []),
    ...(here?.role === "admin"
      ? [
          { id: "bots", to: "/bots", label: t("ui.nav.bots"), icon: <Bot aria-hidden /> },
          { id: "admin", to: "/admin", label: t("ui.nav.admin"), icon: <ShieldUser aria-hidden /> },
        ]
      : []),
  ];
  const places: PlaceToGo[] = [
    ...items,
    { id: "new-chat", to: "/chats/new", label: t("palette.newChat"), icon: <MessageSquarePlus aria-hidden /> },
    ...(here
      ? [
          { id: "replies", to: "/replies", label: t("replies.title"), icon: <MessageSquareText aria-hidden /> },
          { id: "macros", to: "/macros", label: t("macros.title"), icon: <ListChecks aria-hidden /> },
        ]
      : []),
    { id: "settings", to: "/settings", label: t("settings.title"), icon: <Settings aria-hidden /> },
    ...(here?.role === "admin" ? ADMIN_PAGES : []).map(({ id, to }) => ({
      ...{ id: `admin-${id}`, to, label: `${t("ui.nav.admin")}: ${t(`admin.menu.${id}`)}`, asked: true },
      icon: <ShieldUser aria-hidden />,
    })),
  ];
  return (
    <AppShell
      items={items}
      current={current}
      focused={focused}
      logo={here && logoAddress(here)}
      accountMenu={<AccountMenu {...account} />}
      accountPanel={<AccountPanel {...account} />}
      banner={<Banners demoPassword={profile.demoPassword} />}
    >
      {children}
      <PaletteKeys orgId={here?.orgId ?? null} places={places} />
    </AppShell>
  );
}

/** Who is signed in writes without a network as well: then what brings files up must be here already. */
function useWarmUp() {
  useEffect(() => {
    if (typeof requestIdleCallback === "undefined") return;
    const idle = requestIdleCallback(() => void import("./outbox/warm-up").catch(() => {}));
    return () => cancelIdleCallback(idle);
  }, []);
}

const LEAVING_MS = 10_000;

/** Whether this page signs out or gives way to another: what then becomes of its socket must not come in between. */
function useLeaving() {
  const leaving = useRef(false);
  const { formAction } = useNavigation();
  if (formAction === "/logout") leaving.current = true;
  useEffect(() => {
    const leave = () => {
      leaving.current = true;
      // A download begins like leaving, and the page stays.
      setTimeout(() => {
        leaving.current = false;
      }, LEAVING_MS);
    };
    window.addEventListener("beforeunload", leave);
    return () => window.removeEventListener("beforeunload", leave);
  }, []);
  return leaving;
}

/** Signed out elsewhere, or removed: the server says where this page leads now. */
function startAnew(code: number) {
  if (code !== CLOSE.protocol) window.location.reload();
}

/** This browser is this account's now, and keeps nothing of another; pages of others that still stand begin anew. */
function useAccountHere(accountId: string, signingOut: boolean) {
  useEffect(() => {
    void (signingOut ? forgetKeptPages() : settle(accountId));
  }, [accountId, signingOut]);
  useEffect(() => {
    if (typeof BroadcastChannel === "undefined") return;
    const channel = new BroadcastChannel(HERE_CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<string | null>) => {
      if (data !== null && data !== accountId) window.location.reload();
    };
    return () => channel.close();
  }, [accountId]);
}

function Banners({ demoPassword }: { demoPassword: boolean }) {
  const { t } = useTranslation();
  const status = useHubStatus();
  return (
    <>
      <OfflineBanner reconnecting={status === "offline"} />
      <CopyBanner reconnecting={status === "offline"} />
      <UpdatePrompt />
      {demoPassword && (
        <Banner tone="warning" action={<Link to="/settings">{t("ui.demoPasswordAction")}</Link>}>
          {t("ui.demoPassword")}
        </Banner>
      )}
    </>
  );
}
