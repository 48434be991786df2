import { WifiOff } from "lucide-react";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useShownSince } from "../offline/staleness";
import { Banner } from "./banner";

const CopyBanner = lazy(() => import("../offline/copy-banner"));

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

/**
 * Says that there is no network, or, told so by the hub's client, that the connection is being made anew; and since when
 * what is shown is, where it is a copy: then it also asks for the thing itself until it comes.
 */
export function OfflineBanner({ reconnecting = false }: { reconnecting?: boolean }) {
  const { t } = useTranslation();
  const online = useOnline();
  const since = useShownSince();
  if (since !== null)
    return (
      <Suspense>
        <CopyBanner since={since} reconnecting={reconnecting} />
      </Suspense>
    );
  if (online && !reconnecting) return null;
  return (
    <Banner tone="warning" icon={<WifiOff aria-hidden />}>
      {t(online ? "ui.reconnecting" : "ui.offline")}
    </Banner>
  );
}
