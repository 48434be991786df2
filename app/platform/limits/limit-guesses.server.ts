import { createHash } from "node:crypto";
import { tooMany } from "../errors";
import type { FetchHandler } from "../http/fetch-call.server";
import {
  type Charge,
  type LimitRule,
  memoryRateLimiter,
  type RateLimiter,
  sharedAddressKeys,
} from "./rate-limit.server";

/** Nobody meets so many things that are not there: one browser, and all that come from one address. */
const ONE: LimitRule = { name: "not-found", burst: 600, refillSeconds: 0.2 };
const ALL: LimitRule = { name: "not-found-address", burst: 3_000, refillSeconds: 0.05 };

/**
 * Whoever was often told that there is nothing waits before the next answer, so that ids and names cannot be tried out in
 * numbers. Each process counts for itself: what is behind an id is asked for each time anyway.
 * @throws AppError `too_many_requests`
 */
export function limitGuesses(handler: FetchHandler, limiter: RateLimiter = memoryRateLimiter()): FetchHandler {
  return async (request, context) => {
    const charges = chargesOf(request.headers, context.clientAddress);
    const spend = (count: number) => Promise.all(charges.map(([rule, key]) => limiter.spend(rule, key, count)));
    const wait = Math.max(0, ...(await spend(0)));
    if (wait > 0) throw tooMany(wait);
    const answer = await handler(request, context);
    if (answer.status === 404) await spend(1);
    return answer;
  };
}

function chargesOf(headers: Headers, address: string): Charge[] {
  const who = headers.get("cookie") ?? headers.get("authorization");
  const all = sharedAddressKeys(address).map((key): Charge => [ALL, key]);
  return who ? [...all, [ONE, createHash("sha256").update(who).digest("base64")]] : all;
}
