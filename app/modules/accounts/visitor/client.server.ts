import { sessionTokenOf } from "../sessions/session-cookie.server";

/** Where a request comes from, for throttling and the list of devices. */
export type Client = {
  /** The address that the server found, trusting only the proxies it was told to. */
  address: string;
  userAgent: string;
  /** The token of the session cookie it brought, living or not. */
  sessionToken: string | null;
};

/** `context` is what the HTTP server gives to loaders and actions. */
export function clientOf(request: Request, context: unknown): Client {
  const address = (context as { clientAddress?: unknown } | undefined)?.clientAddress;
  return {
    address: typeof address === "string" && address !== "" ? address : "0.0.0.0",
    userAgent: (request.headers.get("User-Agent") ?? "").slice(0, 400),
    sessionToken: sessionTokenOf(request.headers.get("Cookie")),
  };
}
