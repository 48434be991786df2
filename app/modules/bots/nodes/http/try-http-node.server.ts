import { type Actor, membershipIn } from "~/modules/accounts";
import { authorise, botTrialCharges, throttle } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Json } from "../../wording/json";
import { fillRequest } from "./fill-request";
import { savedOf } from "./http-node";
import { httpSettings } from "./http-settings";
import { keepable } from "./json-path";
import { askServer, type HttpWorld } from "./run-http.server";
import { sampleVariables } from "./sample-variables";

/** What a trial shows: the answer as far as it can be looked at, and what would be saved. No secret is in it. */
export type HttpTrial = { status: number; body: Json; saved: { [name: string]: Json } } | { error: string };

/** In characters of JSON. */
const LONGEST_SHOWN = 100_000;

/**
 * Asks the server of an HTTP node with sample values, for who draws it. The request is a real one.
 * @param settings the node's, as they are drawn
 * @param samples values by their paths, such as `{ "flow.order": "7" }`; what is left out is empty
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`; 422 `http_settings_invalid` with the field
 */
export async function tryHttpNode(
  actor: Actor,
  orgId: string,
  settings: unknown,
  samples: { readonly [path: string]: string } = {},
  world?: HttpWorld,
): Promise<HttpTrial> {
  authorise(actor, orgId, "flows.write");
  const read = httpSettings.safeParse(settings);
  if (!read.success) throw invalid("http_settings_invalid", { field: read.error.issues[0]?.path.join(".") ?? "" });
  await throttle(botTrialCharges(membershipIn(actor, orgId)?.memberId ?? orgId));
  const request = fillRequest(read.data, sampleVariables(samples));
  const answered = await askServer(request, { orgId, key: `trial:${newId()}` }, world);
  if ("error" in answered) return answered;
  const { status, body } = answered;
  return { status, body: shown(keepable(body)), saved: savedOf(read.data, body) };
}

/** What is too long to be looked at is shown as the text that it begins with. */
function shown(body: Json): Json {
  const text = JSON.stringify(body);
  return text.length <= LONGEST_SHOWN ? body : text.slice(0, LONGEST_SHOWN);
}
