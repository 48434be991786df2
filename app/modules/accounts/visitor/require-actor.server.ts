import { redirect } from "@remix-run/node";
import { forbidden, unauthorized } from "~/platform/errors";
import type { AccountActor, Membership } from "../actor";
import { cookieOf } from "../sessions/session-cookie.server";
import { findActor } from "./find-actor.server";

/** What programs, `<img>` and `<video>` fetch: a page to sign in at would be no use to them. */
const NO_PAGE = /^\/(?:api|media|uploads|hub)\//;

function signInPage(request: Request): Response | null {
  const { pathname, search } = new URL(request.url);
  if (request.method !== "GET" || NO_PAGE.test(pathname)) return null;
  return redirect(`/login?next=${encodeURIComponent(`${pathname}${search}`)}`);
}

/**
 * Who is signed in. First line of every loader and action that is not public.
 * @throws Response to the sign-in page for pages; AppError `unauthorized` for everything else
 */
export async function requireActor(request: Request): Promise<AccountActor> {
  const actor = await findActor(request);
  if (actor) return actor;
  throw signInPage(request) ?? unauthorized();
}

/** The membership that a person works in: the one they chose (cookie `org`), if it is still theirs, else the oldest. */
export function activeMembership(request: Request, actor: AccountActor): Membership | undefined {
  const chosen = cookieOf(request.headers.get("Cookie"), "org");
  return actor.memberships.find((membership) => membership.orgId === chosen) ?? actor.memberships[0];
}

/** @throws like `requireActor`; AppError `no_organisation` (403) for who belongs to none */
export async function requireMember(request: Request): Promise<{ actor: AccountActor; membership: Membership }> {
  const actor = await requireActor(request);
  const membership = activeMembership(request, actor);
  if (!membership) throw forbidden("no_organisation");
  return { actor, membership };
}

/** @throws like `requireMember`; AppError `forbidden` for who is no admin of the active organisation */
export async function requireAdmin(request: Request): Promise<{ actor: AccountActor; membership: Membership }> {
  const found = await requireMember(request);
  if (found.membership.role !== "admin") throw forbidden();
  return found;
}
