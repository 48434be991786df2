import { isRouteErrorResponse } from "@remix-run/react";

/** What a form's sending met when it got no answer: no network, or a server that is away; null when it was an answer. */
export function unreachedCode(error: unknown): "offline" | "unavailable" | null {
  if (error instanceof TypeError) return "offline";
  return isRouteErrorResponse(error) && error.status >= 500 ? "unavailable" : null;
}
