import { type Actor, membershipIn } from "~/modules/accounts";
import { authorise, botTrialCharges, throttle } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Json } from "../../wording/json";
import type { Variables } from "../../wording/variables";
import { fillRequest } from "./fill-request";
import { savedOf } from "./http-node";
import { httpSettings } from "./http-settings";
import { askServer, type HttpWorld } from "./run-http.server";

/** What a trial shows: the answer's beginning, and what would be saved. No secret is in it. */
export type HttpTrial = { status: number; body: string; saved: { [name: string]: Json } } | { error: string };

const LONGEST_SHOWN = 10_000;

/**
 * Asks the server of an HTTP node with sample values, for who draws it. The request is a real one.
 * @param settings the node's, as they are drawn
 * @param variables by namespace, such as `{ flow: { order: "7" } }`; what is left out is empty
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`; 422 `http_settings_invalid` with the field
 */
export async function tryHttpNode(
  actor: Actor,
  orgId: string,
  settings: unknown,
  variables: Partial<Variables> = {},
  world?: HttpWorld,
): Promise<HttpTrial> {
  authorise(actor, orgId, "flows.write");
  const read = httpSettings.safeParse(settings);
  if (!read.success) throw invalid("http_settings_invalid", { field: read.error.issues[0]?.path.join(".") ?? "" });
  await throttle(botTrialCharges(membershipIn(actor, orgId)?.memberId ?? orgId));
  const filled = { contact: {}, ticket: {}, flow: {}, org: {}, system: {}, ...variables };
  const answered = await askServer(fillRequest(read.data, filled), { orgId, key: `trial:${newId()}` }, world);
  if ("error" in answered) return answered;
  const { status, body } = answered;
  const text = typeof body === "string" ? body : JSON.stringify(body, null, 2);
  return { status, body: text.slice(0, LONGEST_SHOWN), saved: savedOf(read.data, body) };
}
