import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { takeAskedAddress } from "~/ui/offline/asked-address";
import { reloadOnceForLostPieces } from "~/ui/offline/reload-once";

takeAskedAddress();
reloadOnceForLostPieces();

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});

const whenIdle = (work: () => void) =>
  "requestIdleCallback" in window ? window.requestIdleCallback(work, { timeout: 10_000 }) : setTimeout(work, 2_000);

const bringWorker = () =>
  whenIdle(() => {
    import("~/ui/offline/start-worker").then(({ startWorker }) => startWorker()).catch(() => {});
  });

// Once the page is there and rests: it needs none of this to be used. Not in development, whose files have one name for ever.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  if (document.readyState === "complete") bringWorker();
  else window.addEventListener("load", bringWorker);
}
