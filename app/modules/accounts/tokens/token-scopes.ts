/** What an API token may be allowed, one word a kind of thing and way. `*` is all of them. */
export const TOKEN_SCOPES = [
  "tickets:read",
  "tickets:write",
  "messages:read",
  "messages:write",
  "contacts:read",
  "contacts:write",
  "canned_replies:read",
  "canned_replies:write",
  "channels:read",
  "channels:write",
  "reports:read",
  "areas:read",
  "areas:write",
  "members:read",
  "members:write",
  "invitations:write",
  "organisation:read",
  "organisation:write",
  "tokens:read",
  "tokens:write",
  "audit:read",
  "webhooks:read",
  "webhooks:write",
] as const;

export type TokenScope = (typeof TOKEN_SCOPES)[number];
