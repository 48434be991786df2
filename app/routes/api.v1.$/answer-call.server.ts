import type { AppLoadContext } from "@remix-run/node";
import { allows } from "~/modules/accounts";
import { apiCallCharges, clientOf, throttle } from "~/modules/accounts/index.server";
import { forbidden } from "~/platform/errors";
import type { OnceAnswer } from "~/platform/once/once.server";
import { inTime } from "~/platform/waiting/in-time.server";
import { answerError, answerJson } from "./answer-error.server";
import type { Endpoint } from "./endpoint";
import { ENDPOINTS } from "./endpoints.server";
import { inLine, type Line, lineOf } from "./fair-lines.server";
import { type Caller, findCaller } from "./find-caller.server";
import { findEndpoint } from "./find-endpoint";
import { withIdempotency } from "./idempotency.server";
import { readInput } from "./read-input.server";

export const BASE = "/api/v1";

/** Before a route's own limit, whose answer has another form. */
const SPARED_MS = 500;

/** Answers one call of the API, in time and always in the API's form. */
export async function answerCall(request: Request, context: AppLoadContext): Promise<Response> {
  try {
    const { address } = clientOf(request, context);
    const line = lineOf(request, address);
    const answer = inLine(line, () => carryOut(request, address, line));
    return await inTime(context, answer, SPARED_MS);
  } catch (error) {
    return answerError(error, String(context.requestId ?? ""));
  }
}

/** Finds the call, asks who it is, checks what came, and calls the one verb behind it. */
async function carryOut(request: Request, address: string, line: Line): Promise<Response> {
  const { pathname } = new URL(request.url);
  const { endpoint, params } = findEndpoint(ENDPOINTS, request.method, pathname.slice(BASE.length));
  const caller = await findCaller(request, endpoint.access, address);
  line.is(caller.orgId);
  if (endpoint.access !== "public") await throttle(apiCallCharges(caller.owner));
  if (endpoint.scope && !allows(caller.actor, endpoint.scope)) throw forbidden("missing_scope");
  const { status, body } = await perform(request, endpoint, caller, params, address);
  return answerJson(body, status);
}

async function perform(
  request: Request,
  endpoint: Endpoint,
  caller: Caller,
  params: Record<string, string>,
  address: string,
): Promise<OnceAnswer> {
  const input = await readInput(request, endpoint);
  return withIdempotency(request, endpoint, caller, input, async (onceId) => {
    const { actor, orgId } = caller;
    const query = input.query as never;
    const answer = await endpoint.handle({ actor, orgId, address, params, query, body: input.body as never, onceId });
    const page = answer.nextCursor === undefined ? {} : { next_cursor: answer.nextCursor };
    return { status: answer.status ?? 200, body: { data: answer.data, ...page } };
  });
}
