import { isRouteErrorResponse } from "@remix-run/react";

type Unreached = "offline" | "unavailable";

/** Whether a code says that the server was not reached: nothing happened there, and all stays as it is shown. */
export const isUnreached = (code: unknown): code is Unreached => code === "offline" || code === "unavailable";

/** Whether something thrown says that: the browser's own word, or that of a server, or its proxy, which is not there now. */
export const saysUnreached = (error: unknown): boolean =>
  error instanceof TypeError || (isRouteErrorResponse(error) && [502, 503, 504].includes(error.status));

/**
 * What a form's sending answered, or a code of `isUnreached`; whatever else it threw is thrown on. A fault of the server's
 * own (500) counts too, unlike in `saysUnreached`: an error page would take away what was written.
 */
export async function orUnreached<T>(send: () => Promise<T>): Promise<T | { code: Unreached }> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof TypeError) return { code: "offline" };
    if (isRouteErrorResponse(error) && error.status >= 500) return { code: "unavailable" };
    throw error;
  }
}
