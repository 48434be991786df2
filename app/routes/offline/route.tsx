import type { MetaFunction } from "@remix-run/node";
import { useNavigate } from "@remix-run/react";
import { WifiOff } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { listKept } from "~/platform/kept/kept-store";
import { isReadable } from "~/platform/kept/readable";
import { Button } from "~/ui/button";
import { Wordmark } from "~/ui/mark";
import { askedAddress, SHELL_MARK, SHELL_PATH, triedJustNow } from "~/ui/offline/asked-address";
import KeptList from "~/ui/offline/kept-list";
import { EmptyState } from "~/ui/state/empty-state";
import { startFromCopies } from "~/ui/state/kept-page";
import { RouteError } from "~/ui/state/route-error";
import { useRecovery } from "~/ui/state/use-recovery";

export const meta: MetaFunction = () => [{ title: "GuazuApp" }, { name: "robots", content: "noindex" }];

/**
 * What the service worker keeps of the product: it answers with this page where the network does not, whatever the
 * address. From here what was asked for is opened with its copies, or, where there are none, what else can be read.
 * Knows nobody: it is one page for all.
 */
export default function Offline() {
  const { t } = useTranslation();
  const { state, asked } = useAsked();
  return (
    <main
      id={SHELL_MARK}
      data-path={SHELL_PATH}
      className="grid min-h-dvh content-center justify-items-center gap-4 px-4 py-10"
    >
      <Wordmark />
      {state === "opening" ? (
        <p role="status" className="text-ink-soft">
          {t("ui.loading")}
        </p>
      ) : (
        <>
          <EmptyState
            icon={<WifiOff />}
            title={<h1>{t("errors.title.offline")}</h1>}
            text={t(asked ? "offline.neverSeen" : "offline.intro")}
            action={asked && <Button onClick={() => window.location.assign(asked)}>{t("ui.retry")}</Button>}
          />
          <KeptList />
        </>
      )}
    </main>
  );
}

/** Opens what was asked for where it can be read; else waits for the way there. */
function useAsked() {
  const navigate = useNavigate();
  const [asked, setAsked] = useState<string | null>(null);
  const [state, setState] = useState<"opening" | "waiting">("opening");
  useEffect(() => {
    const address = askedAddress();
    const open = async () => {
      if (address === null) return setState("waiting");
      setAsked(address);
      const { pathname } = new URL(address, window.location.origin);
      if (triedJustNow(address) || !isReadable(pathname, await listKept())) return setState("waiting");
      startFromCopies();
      navigate(address, { replace: true });
    };
    void open();
  }, [navigate]);
  const waits = state === "waiting" && asked !== null;
  const retry = useCallback(async () => {
    const there = await fetch("/readyz").then(
      (answer) => answer.ok,
      () => false,
    );
    if (there && asked !== null) window.location.replace(asked);
  }, [asked]);
  useRecovery(waits ? "offline" : "", retry);
  return { state, asked };
}

export function ErrorBoundary() {
  return <RouteError page />;
}
