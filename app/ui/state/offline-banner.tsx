import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "~/i18n/translation";
import { Banner } from "./banner";

function onConnectionChange(tell: () => void) {
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  return () => {
    window.removeEventListener("online", tell);
    window.removeEventListener("offline", tell);
  };
}

/** Whether the browser believes it has a network. `false` is certain, `true` is a hope. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    onConnectionChange,
    () => navigator.onLine,
    () => true,
  );
}

/** Says that there is no network, or, told so by the hub's client, that the connection is being made anew. */
export function OfflineBanner({ reconnecting = false }: { reconnecting?: boolean }) {
  const { t } = useTranslation();
  const online = useOnline();
  if (online && !reconnecting) return null;
  return (
    <Banner tone="warning" icon={<WifiOff aria-hidden />}>
      {t(online ? "ui.reconnecting" : "ui.offline")}
    </Banner>
  );
}
