import { reloadOnceForLostPieces } from "./reload-once";
import { reloadWhenNothingIsWritten } from "./reload-quietly";

/** What a page tells the worker of itself, so that it can be shown without a network. */
export type Standing = {
  kind: "standing";
  pathname: string;
  /** Of the build that the page is made of. */
  version: string;
  /** How its texts and colours are chosen. */
  look: string;
  /** What it loaded, by address. */
  assets: string[];
};

/** So often a page that stands for days asks for a new build. */
const LOOK_MS = 30 * 60_000;

/** The texts and colours of a page, which are the browser's choice and part of what the worker keeps. */
const look = () => `${document.documentElement.lang} ${document.documentElement.dataset.theme ?? ""}`.trim();

function standing(): Standing {
  const { version } = (window as unknown as { __remixManifest: { version: string } }).__remixManifest;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const assets = loaded.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/assets/"));
  const { pathname } = location;
  return { kind: "standing", pathname, version, look: look(), assets: assets.map((url) => url.pathname) };
}

/** Tells the worker what this page is, and goes over to a new one when told to. */
export function startWorker(registration: ServiceWorkerRegistration): void {
  reloadOnceForLostPieces();
  const { serviceWorker } = navigator;
  // The first worker of a browser takes over the pages that are there; they need not begin anew for it.
  let had = serviceWorker.controller !== null;
  serviceWorker.addEventListener("controllerchange", () => {
    if (had) reloadWhenNothingIsWritten();
    had = true;
  });
  const tell = () => registration.active?.postMessage(standing());
  tell();
  new MutationObserver(tell).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["lang", "data-theme"],
  });
  setInterval(() => {
    if (navigator.onLine) registration.update().catch(() => {});
  }, LOOK_MS);
}
