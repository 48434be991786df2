import { AppError, retryAfterOf } from "~/platform/errors";
import { log } from "~/platform/log.server";

/** What programs' authors read; people's words come from i18n by code. */
const MESSAGES: Record<string, string> = {
  not_found: "There is no such thing, or it is not yours to see.",
  method_not_allowed: "This address takes other methods.",
  unauthorized: "A valid token is needed: Authorization: Bearer gza_…",
  forbidden: "The token's member may not do this.",
  missing_scope: "The token's scopes do not include this.",
  invalid_request: "The request does not fit the schema; see data.issues.",
  invalid_json: "The body is not JSON.",
  cursor_invalid: "This cursor was not given by this list.",
  id_reused: "This client_id or Idempotency-Key was used for another request.",
  in_progress: "The first call with this Idempotency-Key is still at work.",
  too_many_requests: "Too many calls: wait for the seconds of Retry-After.",
  already_claimed: "Somebody else has taken the ticket.",
  version_conflict: "The ticket changed meanwhile.",
  transition_not_allowed: "A ticket does not go from this state to that one.",
  another_ticket_is_live: "The conversation has another ticket that is not closed.",
  ticket_closed: "The ticket is closed.",
  assignee_unknown: "This member does not exist.",
  assignee_not_in_area: "This member does not belong to the ticket's area.",
  area_unknown: "This area does not exist.",
  flow_unknown: "This flow does not exist.",
  rating_needs_closing: "A rating is asked only with state closed.",
  flow_changed: "The flow's draft was changed meanwhile; data.revision is the one that is stored.",
  flow_has_problems: "The flow cannot be published; see data.incomplete, data.problems and data.scenarios.",
  flow_unreadable: "This is no flow's JSON; see docs/flow.schema.json.",
  flow_version_unreadable: "This version is of a format that no longer runs.",
  too_many_flows: "An organisation has no room for more flows.",
  version_name_invalid: "The name of a version has at most 100 characters.",
  flow_needed: "State bot needs a flow_id.",
  flow_not_published: "This flow has no published version.",
  summary_needed: "A transfer without its history needs a note that sums it up.",
  transfer_needed: "Only a transfer to another area or member goes without its history.",
  too_many_called: "A note calls 20 colleagues at most.",
  take_first: "In this area a ticket is taken before it is answered.",
  reply_not_allowed: "The channel allows no answer now; data says what it allows.",
  text_empty: "The text is empty.",
  text_too_long: "The text is too long.",
  channel_cannot_edit: "The channel's provider has carried this message away.",
  channel_disabled: "This channel is no longer in use.",
  account_taken: "This account is connected already.",
  account_fixed: "A channel keeps its account: connect another one as another channel.",
  settings_invalid: "The settings do not fit the channel's kind; see data.issues.",
  message_deleted: "The message was deleted.",
  emoji_invalid: "A reaction is one emoji.",
  too_many_emoji: "This message has the most different emoji that one takes.",
  unseen_messages: "Another reply was sent after what you had seen.",
  unavailable: "The service is not available for a moment: try again.",
  unexpected: "Something went wrong on our side.",
};

const allowedBy = (data: unknown) => (data as { allow?: string[] } | undefined)?.allow?.join(", ");

/** The way out of every call that fails: the envelope, and for what is not foreseen a line in the log. */
export function answerError(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : new AppError("unexpected", 500, { expected: false });
  if (!known.expected) log.error({ err: error, requestId }, "an API call failed");
  const { code, status, data } = known;
  const body = { code, message: MESSAGES[code] ?? code, data: data ?? null, request_id: requestId };
  const retryAfter = retryAfterOf(data) ?? (status === 503 ? 1 : undefined);
  const headers = {
    ...(retryAfter && { "retry-after": String(Math.ceil(retryAfter)) }),
    ...(status === 405 && { allow: allowedBy(data) ?? "" }),
    ...(status === 401 && { "www-authenticate": "Bearer" }),
  };
  return answerJson({ error: body }, status, headers);
}

export const answerJson = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
