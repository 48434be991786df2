import type { WorkerScope } from "./worker-scope";

/**
 * Served in the worker's place when it is switched off: takes the worker, and all that it kept, out of a browser. Pages go
 * on as they stand, without one.
 */
const scope = globalThis as unknown as WorkerScope;

async function leave() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  indexedDB.deleteDatabase("guazu-kept");
  await scope.registration.unregister();
}

scope.addEventListener("install", () => void scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(leave()));
// A page that asks for a worker just while this one goes brings it back as it is: it goes once that page speaks to it.
scope.addEventListener("message", (event) => event.waitUntil(leave()));
