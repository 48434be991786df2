import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import type { AppLoadContext, EntryContext } from "@remix-run/server-runtime";
import { isbot } from "isbot";
import type { ReactElement } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { FRAME_SITES } from "~/platform/http/frame-sites";
import { clientLeft, contentSecurityPolicy, loggedPath, newNonce } from "~/platform/http/index.server";
import { log } from "~/platform/log.server";
import { NonceContext } from "~/ui/nonce";

export { runCommand, runtime } from "./runtime.server";

/** How long a loader's promise may take after the page's shell has left. */
export const streamTimeout = 5_000;
/** React gives up a little later, so that a promise's failure still reaches the page. */
const ABORT_MS = streamTimeout + 1_000;

type Page = { request: Request; context: EntryContext; nonce: string };

/** Renders the page of a document request. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const page = { request, context, nonce: newNonce() };
  headers.set("content-type", "text/html; charset=utf-8");
  const frameSites = headers.get(FRAME_SITES) ?? "";
  headers.delete(FRAME_SITES);
  const more = { development: import.meta.env.DEV, frameSites };
  headers.set("content-security-policy", contentSecurityPolicy(new URL(request.url), page.nonce, more));
  const body = streams(context) ? await renderStream(page, loadContext.requestId) : await renderWhole(page);
  return new Response(body, { status, headers });
}

/** The providers that every page has on the server. */
function renderTree({ request, context, nonce }: Page): ReactElement {
  return (
    <NonceContext.Provider value={nonce}>
      <RemixServer context={context} url={request.url} nonce={nonce} />
    </NonceContext.Provider>
  );
}

/** Rendering in one go costs a fifth less than a stream; only a page whose loader hands over promises needs one. */
function streams({ staticHandlerContext: { loaderData, actionData } }: EntryContext) {
  return [...Object.values(loaderData), ...Object.values(actionData ?? {})].some(
    (data) => typeof data === "object" && data !== null && Object.values(data).some(isPromise),
  );
}

const isPromise = (value: unknown) => typeof (value as PromiseLike<unknown> | null)?.then === "function";

async function renderWhole(page: Page): Promise<string> {
  await readAhead(page.context);
  return `<!DOCTYPE html>${renderToString(renderTree(page))}`;
}

/**
 * Reads the loaders' data, which Remix writes into the page as a stream, before React starts: renderToString cannot
 * wait, and would leave the data out. The cache is where Remix's own `StreamTransfer` puts each part that it has read.
 */
async function readAhead(context: EntryContext) {
  if (!context.serverHandoffStream) return;
  const decoder = new TextDecoder();
  let text = "";
  const reader = context.serverHandoffStream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
  }
  reader.releaseLock();
  const whole = Object.assign(Promise.resolve(), { result: { done: true, value: text } });
  context.renderMeta = { ...context.renderMeta, streamCache: { 0: whole } };
}

/** Sends the shell as soon as it stands; robots, which run no scripts, wait for all of it. */
function renderStream(page: Page, requestId: string): Promise<ReadableStream> {
  const { request, nonce } = page;
  return new Promise((rendered, failed) => {
    let shellSent = false;
    const stop = () => abort(request.signal.reason);
    const timer = setTimeout(() => abort(new Error("Rendering took too long")), ABORT_MS);
    const settle = () => {
      clearTimeout(timer);
      request.signal.removeEventListener("abort", stop);
    };
    const send = () => {
      shellSent = true;
      const body = new PassThrough().on("close", settle);
      rendered(createReadableStreamFromReadable(body));
      pipe(body);
    };
    const robot = isbot(request.headers.get("user-agent"));
    const { pipe, abort } = renderToPipeableStream(renderTree(page), {
      nonce,
      ...(robot ? { onAllReady: send } : { onShellReady: send }),
      onShellError: (error) => {
        settle();
        failed(error);
      },
      onError: (error) => {
        if (shellSent && !clientLeft(request.signal, error))
          log.error({ err: error, requestId }, "a part of a page failed to render");
      },
    });
    request.signal.addEventListener("abort", stop);
  });
}

/** Hears of every error that no route turned into an answer; what the client gets of it is Remix's blank 500. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  if (clientLeft(request.signal, error)) return;
  const { requestId } = context;
  const path = loggedPath(new URL(request.url).pathname);
  if (isRouteErrorResponse(error) && error.status < 500) {
    log.debug({ requestId, path, status: error.status }, "no route for a request");
    return;
  }
  log.error({ err: error, requestId, method: request.method, path }, "a page failed");
}
