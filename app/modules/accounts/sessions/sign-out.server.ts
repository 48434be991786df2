import { transactAsSystem } from "~/platform/transact.server";
import { SYSTEM } from "../actor";
import { endSessionOfToken } from "./end-sessions.server";
import { endedSessionCookie } from "./session-cookie.server";

/** Ends the session of a cookie's token, on the server too. Answers the `Set-Cookie` that removes the cookie. */
export async function signOut(sessionToken: string | null): Promise<{ setCookie: string }> {
  if (sessionToken) {
    await transactAsSystem(SYSTEM, "signing out", (ctx) => endSessionOfToken(ctx, sessionToken));
  }
  return { setCookie: endedSessionCookie() };
}
