const RELOADED = "reloaded-for";

/**
 * A piece of a build that is gone from the server fails to load in a page that stood over the change: it begins anew, once
 * for each piece. Without a network that would help nobody.
 */
export function reloadOnceForLostPieces(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const piece = String((event as unknown as { payload?: Error }).payload?.message ?? "");
    if (!navigator.onLine || sessionStorage.getItem(RELOADED) === piece) return;
    sessionStorage.setItem(RELOADED, piece);
    event.preventDefault();
    window.location.reload();
  });
}
