import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What the browser itself says of a server that cannot be reached. */
export const AWAY = [/ERR_|net::/, /WebSocket connection to/, /Failed to load resource/];

/** Runs in the page: how many messages wait in the browser's database. */
export function countWaiting(): Promise<number> {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("guazu");
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const counting = opening.result.transaction("outbox").objectStore("outbox").count();
      counting.onsuccess = () => {
        opening.result.close();
        done(counting.result);
      };
    };
  });
}

/** Runs in the page: all that is kept for reading without a network, as text. */
export function keptTexts(): Promise<string> {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("guazu-kept");
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction("data").objectStore("data").getAll();
      reading.onsuccess = () => {
        opening.result.close();
        done(reading.result.map((one) => JSON.stringify(one)).join("\n"));
      };
    };
  });
}

/** Runs in the page: whose those things are. */
export function keptOwners(): Promise<string[]> {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("guazu-kept");
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction("entries").objectStore("entries").getAll();
      reading.onsuccess = () => {
        opening.result.close();
        done([...new Set((reading.result as { owner: string }[]).map(({ owner }) => owner))]);
      };
    };
  });
}

/** Waits until the service worker has what this page and its neighbours need without a network. */
export async function stocked(page: Page): Promise<void> {
  const hasAll = async () => {
    if (!navigator.serviceWorker.controller) return false;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const pieces = loaded.filter((name) => name.includes("/assets/"));
    const known = await Promise.all(["/offline", "/__manifest", ...pieces].map((name) => caches.match(name)));
    return known.every(Boolean);
  };
  await expect.poll(() => page.evaluate(hasAll)).toBe(true);
  // What is shown is written down half a second after it came.
  await page.waitForTimeout(1_000);
}
