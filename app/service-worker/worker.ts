import { answerPage } from "./answer-page";
import { answerPicture } from "./answer-picture";
import { answerShare } from "./answer-share";
import { standingOf } from "./pieces";
import { answerPiece, answerRoutes, clearEarlier, stock, stockFor } from "./shelf";
import { sortRequest } from "./sort-request";
import type { Asked, WorkerScope } from "./worker-scope";

const scope = globalThis as unknown as WorkerScope;

// A new build's worker waits until all tabs are gone, or one says that it may come.
scope.addEventListener("install", (event) => event.waitUntil(stock()));
scope.addEventListener("activate", (event) => event.waitUntil(clearEarlier().then(() => scope.clients.claim())));

scope.addEventListener("message", (event) => {
  const { kind } = (event.data ?? {}) as { kind?: unknown };
  if (kind === "take over") event.waitUntil(scope.skipWaiting());
  const standing = standingOf(event.data);
  if (standing) event.waitUntil(stockFor(standing));
});

async function pageOf({ clientId, request }: Asked): Promise<string> {
  return (await scope.clients.get(clientId))?.url ?? (request.referrer || scope.location.href);
}

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const sort = sortRequest({
    url: new URL(request.url),
    origin: scope.location.origin,
    method: request.method,
    navigates: request.mode === "navigate",
    ranged: request.headers.has("range"),
  });
  if (sort === "page") event.respondWith(answerPage(request));
  else if (sort === "asset") event.respondWith(answerPiece(request));
  else if (sort === "routes") event.respondWith(answerRoutes(request));
  else if (sort === "share") event.respondWith(answerShare(request));
  else if (sort === "picture")
    event.respondWith(pageOf(event).then((page) => answerPicture(request, page, (work) => event.waitUntil(work))));
});
