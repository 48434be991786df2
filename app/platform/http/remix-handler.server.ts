import { createRequestHandler, type ServerBuild } from "@remix-run/server-runtime";
import type { FetchHandler, RequestContext } from "./fetch-call.server";
import { withRouteErrors } from "./route-errors.server";

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends RequestContext {}
}

/**
 * Remix behind the adapter. Node 20's own fetch, Request and Response are what single fetch asks for, so no globals are
 * installed.
 * @param build the server build, or in development a function that loads it anew
 */
export function remixHandler(
  build: ServerBuild | (() => Promise<ServerBuild>),
  mode: "production" | "development",
): FetchHandler {
  const handle =
    typeof build === "function"
      ? createRequestHandler(async () => withRouteErrors(await build()), mode)
      : createRequestHandler(withRouteErrors(build), mode);
  return async (request, context) => {
    // The parameter of data requests before single fetch: no page of ours sends it, and Remix logs an error for each.
    if (request.url.includes("_data=") && new URL(request.url).searchParams.has("_data"))
      return new Response(null, { status: 400 });
    return handle(request, context);
  };
}
