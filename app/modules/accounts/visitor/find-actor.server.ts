import { sql } from "drizzle-orm";
import { createGather } from "~/platform/waiting/gather";
import type { AccountActor } from "../actor";
import { noteActivity } from "../members/note-activity.server";
import { sessionTokenOf } from "../sessions/session-cookie.server";
import { loadSessions, note, type Profile, type SignedIn } from "./load-actors.server";

/** The list of devices shows when each was last used, to this accuracy. */
const SEEN_EVERY_MS = 5 * 60_000;
const MAX_BATCH = 500;
const LANES = 4;

const byRequest = new WeakMap<Request, Promise<SignedIn | null>>();
const beginning = new Map<string, Promise<SignedIn | null>>();

/** Many who come at once, as sockets do after a restart, are looked up together. */
const load = createGather<string, SignedIn | null>({
  async run(_, tokens) {
    const found = await loadSessions(sql`s.token = any(${sql.param([...new Set(tokens)])}::text[])`);
    const byToken = new Map(found.map((one) => [one.sessionToken, one]));
    return tokens.map((token) => byToken.get(token) ?? null);
  },
  maxBatch: MAX_BATCH,
  maxRunning: LANES,
});

/** So that no query that hangs holds up everybody. */
const laneOf = (token: string) => String(token.charCodeAt(0) % LANES);

/**
 * Remix hands each loader of a page a request of its own; those that ask in the same turn of the event loop share one
 * query. Nothing is kept longer, so that an ended session ends at once.
 */
function loadShared(token: string): Promise<SignedIn | null> {
  const known = beginning.get(token);
  if (known) return known;
  const loading = load(laneOf(token), token);
  beginning.set(token, loading);
  setImmediate(() => beginning.delete(token));
  return loading;
}

/** Writing waits for a request that changes something anyhow: reading pages never writes. */
async function noteUse(request: Request, found: SignedIn | null): Promise<void> {
  if (!found || request.method === "GET" || request.method === "HEAD") return;
  noteActivity(found.actor);
  if (Date.now() - found.lastSeenAt.getTime() < SEEN_EVERY_MS) return;
  await note(sql`update session set updated_at = now() where id = ${found.actor.sessionId}`);
}

async function lookUp(request: Request): Promise<SignedIn | null> {
  const token = sessionTokenOf(request.headers.get("Cookie"));
  if (!token) return null;
  const found = await loadShared(token);
  await noteUse(request, found);
  return found;
}

function signedInBy(request: Request): Promise<SignedIn | null> {
  const known = byRequest.get(request);
  if (known) return known;
  const looking = lookUp(request);
  byRequest.set(request, looking);
  return looking;
}

/** Who sends this request by a living session, with memberships; null for anybody else. @throws AppError `unavailable` */
export async function findActor(request: Request): Promise<AccountActor | null> {
  return (await signedInBy(request))?.actor ?? null;
}

/** What pages show of who is signed in, from the same query as `findActor`. */
export async function findProfile(request: Request): Promise<Profile | null> {
  return (await signedInBy(request))?.profile ?? null;
}

/** The same from a `Cookie` header alone, for a WebSocket's handshake. Whoever calls has checked the `Origin`. */
export async function actorOfCookie(header: string | null): Promise<AccountActor | null> {
  const token = sessionTokenOf(header);
  return token ? ((await loadShared(token))?.actor ?? null) : null;
}
