import type { AppLoadContext, ServerBuild } from "@remix-run/server-runtime";
import { type AppError, retryAfterOf } from "../errors";
import { log as processLog } from "../log.server";
import { inTime } from "../waiting/in-time.server";
import { loggedPath } from "./call.server";
import { clientLeft } from "./exchange.server";

const log = processLog.child({ part: "http" });

type Args = { request: Request; context: AppLoadContext };
type Door = (args: never) => unknown;

/**
 * The way out of every loader and action: an AppError leaves as a thrown Response of its status with `{ code, data,
 * request_id }`, anything unforeseen is logged whole and leaves as a 500 with the request's id alone. A route's
 * ErrorBoundary sees both as `isRouteErrorResponse(error)` with `error.data.code`; a resource route answers them as
 * JSON. What takes longer than a request may wait is `unavailable`.
 */
export function withRouteErrors(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    if (!route) return [id, route];
    const { loader, action } = route.module;
    const guarded = { ...(loader && { loader: guard(loader) }), ...(action && { action: guard(action) }) };
    return [id, { ...route, module: { ...route.module, ...guarded } }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

const ask = async (door: Door, args: Args) => (door as unknown as (args: Args) => unknown)(args);

function guard<T extends Door>(door: T): T {
  const guarded = async (args: Args) => {
    try {
      return await inTime(args.context, ask(door, args));
    } catch (error) {
      // Responses and Remix's own `data()` are thrown on purpose and are no errors.
      if (!(error instanceof Error) || clientLeft(args.request.signal, error)) throw error;
      throw asResponse(error, args);
    }
  };
  return guarded as unknown as T;
}

function asResponse(error: Error, { request, context }: Args): Response {
  const request_id = context.requestId;
  const path = loggedPath(new URL(request.url).pathname);
  if (!isAppError(error)) {
    log.error({ err: error, requestId: request_id, method: request.method, path }, "a route failed");
    return Response.json({ code: "unexpected", request_id }, { status: 500 });
  }
  if (!error.expected) log.warn({ err: error, requestId: request_id, method: request.method, path }, "a route gave up");
  const data = error.expected ? error.data : undefined;
  const wait = retryAfterOf(data);
  const headers: HeadersInit = wait ? { "retry-after": String(wait) } : {};
  return Response.json({ code: error.code, data, request_id }, { status: error.status, headers });
}

/** By shape, since hot reload can leave two copies of the class. */
const isAppError = (error: Error): error is AppError =>
  error.name === "AppError" && typeof (error as Partial<AppError>).status === "number";
