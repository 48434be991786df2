import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import { logoAddress } from "~/modules/accounts";
import { useHubStatus } from "~/modules/realtime/ui/hub-provider";
import { Avatar } from "~/ui/avatar";
import { Logo } from "~/ui/logo";
import { OfflineBanner } from "~/ui/state/offline-banner";

type ChatHeaderProps = {
  organisation: { handle: string; name: string; colour: string | null; logoId: string | null };
  /** Whether there is a conversation whose connection matters. */
  connected: boolean;
};

/** Who the customer talks to, and whether the line stands. */
export function ChatHeader({ organisation, connected }: ChatHeaderProps) {
  const { t } = useTranslation();
  const status = useHubStatus();
  const hydrated = useHydrated();
  const logo = logoAddress(organisation);
  return (
    <>
      <header className="flex items-center gap-3 border-line border-b bg-surface px-4 py-3 pt-[max(0.75rem,env(safe-area-inset-top))]">
        {logo ? (
          <Logo src={logo} />
        ) : (
          <Avatar id={organisation.handle} name={organisation.name} colour={organisation.colour} />
        )}
        <div className="min-w-0 flex-1">
          <h1 className="truncate font-semibold text-md">
            <bdi>{organisation.name}</bdi>
          </h1>
          <p className="truncate text-ink-soft text-sm">{t("publicChat.subtitle")}</p>
        </div>
      </header>
      {hydrated && <OfflineBanner reconnecting={connected && status === "offline"} />}
    </>
  );
}
