import type { AppLoadContext } from "@remix-run/node";
import type { z } from "zod";
import { type Actor, SYSTEM } from "~/modules/accounts";
import { actorOfToken, clientOf } from "~/modules/accounts/index.server";
import { guestOfToken, isGuestToken } from "~/modules/contacts/index.server";
import { AppError, notFound, unauthorized } from "~/platform/errors";
import { log } from "~/platform/log.server";
import { channels } from "./channels.server";
import { conversations } from "./conversations.server";
import type { Endpoint } from "./endpoint";
import { me } from "./me.server";
import { messages } from "./messages.server";
import { tickets } from "./tickets.server";

/** Every call of the API. */
export const ENDPOINTS: readonly Endpoint[] = [...me, ...tickets, ...conversations, ...messages, ...channels];

const BASE = "/api/v1";

type Matched = { endpoint: Endpoint; params: Record<string, string> };

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = Object.create(null);
  for (const [place, part] of wanted.entries()) {
    const value = given[place] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

function findEndpoint(request: Request): Matched {
  const path = new URL(request.url).pathname.slice(BASE.length);
  const matches = ENDPOINTS.flatMap((endpoint) => {
    const params = matchPath(endpoint.path, path);
    return params ? [{ endpoint, params }] : [];
  });
  if (matches.length === 0) throw notFound("endpoint");
  const method = request.method === "HEAD" ? "GET" : request.method;
  const match = matches.find((m) => m.endpoint.method === method);
  if (!match) throw new AppError("method_not_allowed", 405);
  return match;
}

async function actorOf(request: Request, access: Endpoint["access"]): Promise<{ actor: Actor; orgId: string }> {
  if (access === "public") return { actor: SYSTEM, orgId: "" };
  const [scheme, token] = (request.headers.get("authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token) throw unauthorized();
  if (isGuestToken(token)) {
    const guest = await guestOfToken(token);
    if (!guest) throw unauthorized();
    if (access !== "guest") throw notFound("endpoint");
    return { actor: guest, orgId: guest.orgId };
  }
  const actor = await actorOfToken(token);
  const orgId = actor?.memberships[0]?.orgId;
  if (!actor || !orgId) throw unauthorized();
  return { actor, orgId };
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, where: "query" | "body"): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  throw new AppError("invalid_request", 400, { data: { where, issues } });
}

/** PostgreSQL stores neither null bytes nor halves of characters, wherever in a body they stand. */
const storable = (_: string, value: unknown) =>
  typeof value === "string" ? value.replaceAll("\u0000", "").toWellFormed() : value;

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text, storable);
  } catch {
    throw new AppError("invalid_json", 400);
  }
}

/** A parameter given twice is no text; the schema refuses the list. */
function queryOf(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const key of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(key);
    query[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return query;
}

/** Answers one call of the API: finds it, asks who it is, checks what came, and calls the one verb behind it. */
export async function answerCall(request: Request, context: AppLoadContext): Promise<Response> {
  const requestId = String(context.requestId ?? "");
  try {
    const { endpoint, params } = findEndpoint(request);
    const { actor, orgId } = await actorOf(request, endpoint.access);
    const query = endpoint.query ? check(endpoint.query, queryOf(new URL(request.url)), "query") : undefined;
    const body = endpoint.body ? check(endpoint.body, await bodyOf(request), "body") : undefined;
    const answer = await endpoint.handle({
      actor,
      orgId,
      address: clientOf(request, context).address,
      params,
      query: query as never,
      body: body as never,
    });
    const page = answer.nextCursor === undefined ? {} : { next_cursor: answer.nextCursor };
    return json({ data: answer.data, ...page }, answer.status ?? 200);
  } catch (error) {
    return answerError(error, requestId);
  }
}

function answerError(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : new AppError("unexpected", 500, { expected: false });
  if (!known.expected) log.error({ err: error, requestId }, "an API call failed");
  const body = {
    code: known.code,
    message: MESSAGES[known.code] ?? known.code,
    data: known.data ?? null,
    request_id: requestId,
  };
  const retryAfter = (known.data as { retry_after?: number } | undefined)?.retry_after;
  return json({ error: body }, known.status, retryAfter ? { "retry-after": String(retryAfter) } : {});
}

/** What programs' authors read; people's words come from i18n by code. */
const MESSAGES: Record<string, string> = {
  not_found: "There is no such thing, or it is not yours to see.",
  unauthorized: "A valid token is needed.",
  forbidden: "The token's member may not do this.",
  missing_scope: "The token's scopes do not include this.",
  invalid_request: "The request does not fit the schema.",
  invalid_json: "The body is not JSON.",
  id_reused: "This client_id was used for another message.",
  already_claimed: "Somebody else has taken the ticket.",
  version_conflict: "The ticket changed meanwhile.",
  channel_cannot_edit: "The channel's provider has carried this message away.",
  message_deleted: "The message was deleted.",
  emoji_invalid: "A reaction is one emoji.",
  unseen_messages: "Another reply was sent after what you had seen.",
  unexpected: "Something went wrong on our side.",
};

const json = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
