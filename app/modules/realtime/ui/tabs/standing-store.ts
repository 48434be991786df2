import { tabPlaceOf, tabsName } from "./tab-place";
import { createTabStore, type TabStore } from "./tab-store";

/** The one store of this page, whatever screen is shown. */
let standing: { accountId: string; store: TabStore; close: () => void } | null = null;

/** In the browser only: a server has many accounts at once. */
export function tabStoreOf(accountId: string): TabStore {
  if (standing?.accountId === accountId) return standing.store;
  standing?.close();
  const store = createTabStore(tabPlaceOf(accountId));
  const name = tabsName(accountId);
  const onStorage = (event: StorageEvent) => {
    if (event.key !== name && event.key !== null) return;
    // Emptied: the account signed out in another window.
    if (event.newValue === null) store.stop();
    else store.heard();
  };
  window.addEventListener("storage", onStorage);
  const close = () => {
    store.stop();
    window.removeEventListener("storage", onStorage);
  };
  standing = { accountId, store, close };
  return store;
}

/** Ends what stands, so that nothing is kept after the account has signed out. */
export function closeTabStore(): void {
  standing?.close();
  standing = null;
}
