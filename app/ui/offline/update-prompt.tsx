import { RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Banner } from "../state/banner";
import { reloadAtOnce } from "./reload-quietly";

/** The worker of a newer build that waits to be let in; null for none. */
function useWaitingWorker(): ServiceWorker | null {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    const { serviceWorker } = navigator;
    if (!serviceWorker) return;
    let gone = false;
    const look = ({ waiting, installing }: ServiceWorkerRegistration) => {
      if (gone) return;
      // The very first one waits for nobody.
      setWaiting(serviceWorker.controller ? waiting : null);
      installing?.addEventListener("statechange", () => void serviceWorker.ready.then(look));
    };
    void serviceWorker.ready.then((registration) => {
      look(registration);
      registration.addEventListener("updatefound", () => look(registration));
    });
    return () => {
      gone = true;
    };
  }, []);
  return waiting;
}

/** Says that there is a newer build, and takes it in all tabs when told to. */
export function UpdatePrompt() {
  const { t } = useTranslation();
  const waiting = useWaitingWorker();
  const [taking, setTaking] = useState(false);
  if (!waiting) return null;
  const take = () => {
    setTaking(true);
    reloadAtOnce();
    waiting.postMessage({ kind: "take over" });
  };
  return (
    <Banner
      icon={<RefreshCw aria-hidden />}
      action={
        <button type="button" onClick={take} disabled={taking} className="touch-target underline">
          {t("offline.update")}
        </button>
      }
    >
      {t("offline.newVersion")}
    </Banner>
  );
}
