import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";

// The worker answers any address with the offline page, which was drawn at its own: it comes alive there, and goes on to
// what was asked for afterwards.
const shell = document.getElementById("offline-shell")?.dataset.path;
const { pathname, search, hash } = window.location;
if (shell && pathname !== shell) window.history.replaceState({ asked: pathname + search + hash }, "", shell);

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});

const whenIdle = (work: () => void) => (window.requestIdleCallback ?? setTimeout)(work);

/** All else about the worker is loaded once there is one. */
const bringWorker = () =>
  whenIdle(async () => {
    const { serviceWorker } = navigator;
    await serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {});
    // Not before that is over: what is told to a worker that is switched off makes it go.
    const registration = await serviceWorker.ready;
    const { startWorker } = await import("~/ui/offline/start-worker");
    startWorker(registration);
  });

// Once the page is there and rests: it needs none of this to be used. Not in development, whose files have one name for ever.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  if (document.readyState === "complete") bringWorker();
  else window.addEventListener("load", bringWorker);
}
