/** Who may call a route. `nobody`: there is nothing behind it. `anyone`: the public list of the contract. */
export type Needs = "anyone" | "nobody" | "signed-in" | "member" | "admin" | "token" | "reader";

export type MappedRoute = {
  /** An address of it; `:ticket`, `:conversation`, `:area`, `:contact`, `:import`, `:webhook` and `:erasure` stand for real ones. */
  path: string;
  needs: Needs;
  /** What it answers: a page, or data for the screens and for programs. */
  kind: "page" | "resource";
};

const page = (path: string, needs: Needs): MappedRoute => ({ path, needs, kind: "page" });
const resource = (path: string, needs: Needs): MappedRoute => ({ path, needs, kind: "resource" });

/** Every folder of `app/routes`. A route that is not here fails the tests: say who may call it. */
export const ROUTES: Record<string, MappedRoute> = {
  $: page("/there/is/nothing", "nobody"),
  _index: page("/", "anyone"),
  admin: page("/admin", "admin"),
  "admin.ai": page("/admin/ai", "admin"),
  "admin.answers": page("/admin/answers", "admin"),
  "admin.secrets": page("/admin/secrets", "admin"),
  "admin.areas": page("/admin/areas", "admin"),
  "admin.areas_.$areaId": page("/admin/areas/:area", "admin"),
  "admin.audit": page("/admin/audit", "admin"),
  "admin.audit_.csv": resource("/admin/audit/csv", "admin"),
  "admin.channels": page("/admin/channels", "admin"),
  "admin.closing": page("/admin/closing", "admin"),
  "admin.data": page("/admin/data", "admin"),
  "admin.data_.tickets": resource("/admin/data/tickets", "admin"),
  "admin.dead-letters": page("/admin/dead-letters", "admin"),
  "admin.hours": page("/admin/hours", "admin"),
  "admin.macros": page("/admin/macros", "admin"),
  "admin.fields": page("/admin/fields", "admin"),
  "admin.tags": page("/admin/tags", "admin"),
  "admin.links": page("/admin/links", "admin"),
  "admin.notifications": page("/admin/notifications", "admin"),
  "admin.members": page("/admin/members", "admin"),
  "admin.organisation": page("/admin/organisation", "admin"),
  "admin.tokens": page("/admin/tokens", "admin"),
  "admin.widget": page("/admin/widget", "admin"),
  "admin.webhooks": page("/admin/webhooks", "admin"),
  "admin.webhooks_.$webhookId": page("/admin/webhooks/:webhook", "admin"),
  "api.v1.$": resource("/api/v1/me", "token"),
  "c.$handle": page("/c/demo", "anyone"),
  "c.$handle_.widget": resource("/c/demo/widget", "anyone"),
  "c.$handle_.logo": resource("/c/demo/logo", "anyone"),
  chats: page("/chats", "signed-in"),
  "chats._index": page("/chats", "signed-in"),
  "chats.$conversationId": page("/chats/:conversation", "signed-in"),
  "chats.$conversationId_.media": page("/chats/:conversation/media", "signed-in"),
  "chats.$conversationId_.people": page("/chats/:conversation/people", "signed-in"),
  "chats.search": page("/chats/search?q=hola", "signed-in"),
  "chats.starred": page("/chats/starred", "signed-in"),
  "chats.new": page("/chats/new", "signed-in"),
  contacts: page("/contacts", "member"),
  "contacts_.$contactId": page("/contacts/:contact", "member"),
  "contacts_.export": resource("/contacts/export", "admin"),
  "contacts_.import": page("/contacts/import", "admin"),
  "contacts_.import_.lines": resource("/contacts/import/lines?report=:import", "admin"),
  "contacts_.proof.$id": resource("/contacts/proof/:erasure", "admin"),
  "conversations.$id.changes": resource("/conversations/:conversation/changes?after=0", "reader"),
  "conversations.$id.message.$messageId": resource(
    "/conversations/:conversation/message/01a20579-2204-7423-b6bc-bbdceae7d8f3",
    "reader",
  ),
  "conversations.$id.draft": resource("/conversations/:conversation/draft", "signed-in"),
  "conversations.$id.messages": resource("/conversations/:conversation/messages", "reader"),
  "conversations.$id.search": resource("/conversations/:conversation/search?q=hola", "reader"),
  "conversations.$id.read": resource("/conversations/:conversation/read", "reader"),
  "conversations.$id.scheduled": resource("/conversations/:conversation/scheduled", "signed-in"),
  "conversations.$id.report": resource("/conversations/:conversation/report", "signed-in"),
  inbox: page("/inbox", "member"),
  "inbox.$ticketId": page("/inbox/:ticket", "member"),
  "inbox_.bulk": resource("/inbox/bulk", "member"),
  "inbox_.counts": resource("/inbox/counts", "member"),
  "inbox_.$ticketId.share": resource("/inbox/:ticket/share", "member"),
  "inbox_.$ticketId.threads": resource("/inbox/:ticket/threads", "member"),
  "inbox_.macros": resource("/inbox/macros", "member"),
  "inbox_.replies": resource("/inbox/replies", "member"),
  "inbox_.tickets": resource("/inbox/tickets", "member"),
  "inbox_.views": resource("/inbox/views", "member"),
  "invite.$token": page("/invite/nobody-knows-this", "anyone"),
  "join.$token": page("/join/nobody-knows-this", "signed-in"),
  "join.$token_.picture": resource("/join/nobody-knows-this/picture", "signed-in"),
  login: page("/login", "anyone"),
  logout: resource("/logout", "signed-in"),
  "media.$id": resource("/media/01a20579-2204-7423-b6bc-bbdceae7d8f3", "signed-in"),
  me: resource("/me", "signed-in"),
  "messages.$id.forward": resource("/messages/01a20579-2204-7423-b6bc-bbdceae7d8f3/forward", "signed-in"),
  "messages.$id.marks": resource("/messages/01a20579-2204-7423-b6bc-bbdceae7d8f3/marks", "signed-in"),
  "messages.$id.pin": resource("/messages/01a20579-2204-7423-b6bc-bbdceae7d8f3/pin", "signed-in"),
  "messages.$id.readers": resource("/messages/01a20579-2204-7423-b6bc-bbdceae7d8f3/readers", "signed-in"),
  "messages.$id.ticket": page("/messages/01a20579-2204-7423-b6bc-bbdceae7d8f3/ticket", "signed-in"),
  "messages.tickets": resource("/messages/tickets?ids=", "signed-in"),
  notices: page("/notices", "member"),
  "notices_.read": resource("/notices/read", "member"),
  offline: page("/offline", "anyone"),
  "organisations.new": page("/organisations/new", "signed-in"),
  macros: page("/macros", "member"),
  palette: resource("/palette?q=hola", "signed-in"),
  replies: page("/replies", "member"),
  reports: page("/reports", "member"),
  "reports_.board": page("/reports/board", "member"),
  "reports_.csv": resource("/reports/csv?name=volume&from=2026-01-01&to=2026-01-31", "member"),
  reset: page("/reset", "anyone"),
  "scheduled.$id": resource("/scheduled/01a20579-2204-7423-b6bc-bbdceae7d8f3", "signed-in"),
  search: page("/search?q=hola", "member"),
  settings: page("/settings", "signed-in"),
  share: page("/share", "signed-in"),
  signup: page("/signup", "anyone"),
  unread: resource("/unread", "signed-in"),
  tabs: resource("/tabs", "signed-in"),
  "uploads.$": resource("/uploads/01a20579-2204-7423-b6bc-bbdceae7d8f3", "signed-in"),
  "webhooks.meta": resource("/webhooks/meta", "anyone"),
};

/** Every call of the API, and who may make it. */
export const API_CALLS: Record<string, "member" | "admin" | "guest" | "public"> = {
  "GET /me": "guest",
  "GET /reports/board": "member",
  "GET /reports/:name": "member",
  "GET /tickets": "member",
  "GET /tickets/counts": "member",
  "POST /tickets/bulk": "member",
  "GET /views": "member",
  "POST /views": "member",
  "PATCH /views/:id": "member",
  "DELETE /views/:id": "member",
  "GET /canned-replies": "member",
  "POST /canned-replies": "member",
  "GET /macros": "member",
  "POST /macros": "member",
  "PATCH /macros/:id": "member",
  "DELETE /macros/:id": "member",
  "POST /tickets/:id/macros/:macro": "member",
  "GET /tickets/:id/side-threads": "member",
  "POST /tickets/:id/side-threads": "member",
  "POST /tickets/:id/share": "member",
  "GET /messages/:id/ticket": "member",
  "PATCH /canned-replies/:id": "member",
  "DELETE /canned-replies/:id": "member",
  "GET /tickets/:id": "member",
  "PATCH /tickets/:id": "member",
  "POST /tickets/:id/claim": "member",
  "GET /tickets/:id/events": "member",
  "GET /conversations": "member",
  "GET /conversations/:id": "guest",
  "GET /conversations/:id/messages": "guest",
  "POST /conversations/:id/messages": "guest",
  "GET /conversations/:id/changes": "guest",
  "GET /conversations/:id/files": "guest",
  "POST /conversations/:id/read": "guest",
  "PATCH /messages/:id": "guest",
  "DELETE /messages/:id": "guest",
  "POST /messages/:id/reactions": "guest",
  "GET /conversations/:id/draft": "member",
  "PUT /conversations/:id/draft": "member",
  "DELETE /conversations/:id/draft": "member",
  "GET /conversations/:id/scheduled-messages": "member",
  "POST /conversations/:id/scheduled-messages": "member",
  "PATCH /scheduled-messages/:id": "member",
  "DELETE /scheduled-messages/:id": "member",
  "POST /scheduled-messages/:id/send": "member",
  "POST /messages/:id/star": "member",
  "POST /messages/:id/hide": "member",
  "POST /messages/:id/pin": "member",
  "POST /messages/:id/forward": "member",
  "GET /messages/:id/readers": "member",
  "GET /search": "member",
  "GET /search/messages": "member",
  "GET /search/tickets": "member",
  "GET /search/contacts": "member",
  "GET /conversations/:id/search": "guest",
  "GET /conversations/:id/pins": "guest",
  "GET /starred": "member",
  "POST /public/:handle/conversations": "public",
  "GET /groups": "member",
  "POST /groups": "member",
  "GET /groups/:id": "member",
  "PATCH /groups/:id": "member",
  "GET /groups/:id/people": "member",
  "POST /groups/:id/people": "member",
  "GET /groups/:id/invites": "member",
  "POST /groups/:id/invites": "member",
  "DELETE /groups/:id/invites/:invite": "member",
  "POST /groups/join": "member",
  "GET /groups/:id/requests": "member",
  "POST /groups/:id/requests": "member",
  "POST /groups/:id/report": "member",
  "GET /contacts": "member",
  "POST /contacts": "member",
  "GET /contacts/export": "admin",
  "POST /contacts/merge": "member",
  "POST /contacts/unmerge": "member",
  "GET /contacts/:id": "member",
  "PATCH /contacts/:id": "member",
  "GET /custom-fields": "member",
  "POST /custom-fields": "admin",
  "PATCH /custom-fields/:id": "admin",
  "POST /custom-fields/:id/move": "admin",
  "POST /tags": "admin",
  "PATCH /tags/:id": "admin",
  "POST /tags/:id/merge": "admin",
  "DELETE /tags/:id": "admin",
  "GET /holidays": "member",
  "POST /holidays": "admin",
  "DELETE /holidays/:id": "admin",
  "GET /webhooks": "admin",
  "POST /webhooks": "admin",
  "PATCH /webhooks/:id": "admin",
  "DELETE /webhooks/:id": "admin",
  "POST /webhooks/:id/secret": "admin",
  "POST /webhooks/:id/test": "admin",
  "GET /webhooks/:id/deliveries": "admin",
  "POST /webhooks/:id/deliveries/:delivery/send": "admin",
  "GET /tags": "member",
  "GET /channels": "admin",
  "POST /channels": "admin",
  "PATCH /channels/:id": "admin",
  "DELETE /channels/:id": "admin",
  "GET /channels/:id/health": "admin",
  "GET /feed": "member",
  "GET /areas": "member",
  "POST /areas": "admin",
  "PATCH /areas/:id": "admin",
  "DELETE /areas/:id": "admin",
  "GET /members": "member",
  "POST /members": "admin",
  "PATCH /members/:id": "admin",
  "DELETE /members/:id": "admin",
  "GET /invitations": "admin",
  "DELETE /invitations/:id": "admin",
  "GET /organisation": "member",
  "PATCH /organisation": "admin",
  "GET /tokens": "admin",
  "DELETE /tokens/:id": "admin",
  "GET /audit": "admin",
  "GET /notices": "member",
  "POST /notices/read": "member",
};

/** Of what kind an id is that a caller names. `own`: a key that the caller makes up, which names nothing. */
export type IdKind =
  | "own"
  | "ticket"
  | "view"
  | "reply"
  | "macro"
  | "organisation"
  | "area"
  | "member"
  | "contact"
  | "field"
  | "merge"
  | "tag"
  | "flow"
  | "conversation"
  | "message"
  | "ticket"
  | "invitation"
  | "channel"
  | "delivery"
  | "holiday"
  | "token"
  | "secret"
  | "answer"
  | "session"
  | "media"
  | "topic";

type Ids = Record<string, Record<string, IdKind>>;

/** Every id that a page's form or a screen's call takes, by its route. */
export const FORM_IDS: Ids = {
  "admin.answers": { answerId: "answer" },
  "admin.areas": { areaId: "area" },
  "admin.areas_.$areaId": { memberIds: "member", overflowAreaId: "area", toAreaId: "area" },
  "admin.channels": { areaId: "area", channelId: "channel", flowId: "flow" },
  "admin.hours": { areaId: "area", holidayId: "holiday" },
  "admin.fields": { fieldId: "field" },
  "admin.tags": { tagId: "tag", intoId: "tag" },
  "contacts_.$contactId": { mergedId: "contact", mergeId: "merge" },
  "admin.members": { areaIds: "area", memberId: "member", invitationId: "invitation" },
  "admin.secrets": { secretId: "secret" },
  "admin.tokens": { tokenId: "token" },
  "admin.webhooks_.$webhookId": { deliveryId: "delivery" },
  "c.$handle": { client_id: "own", visitor: "own" },
  "conversations.$id.draft": { reply_to: "message" },
  "conversations.$id.scheduled": { attachments: "media", client_id: "own", reply_to: "message" },
  "conversations.$id.messages": { as: "own", attachments: "media", client_id: "own", reply_to: "message" },
  "inbox.$ticketId": { area: "area", assignee: "member" },
  "inbox_.bulk": { org: "organisation", areaId: "area", assigneeId: "member", id: "ticket", ids: "ticket" },
  "inbox_.macros": { org: "organisation", macro: "macro", ids: "ticket" },
  "inbox_.replies": { org: "organisation", areaId: "area", reply: "reply" },
  "inbox_.views": { org: "organisation", view: "view" },
  me: { orgId: "organisation" },
  "notices_.read": { org: "organisation", ticket: "ticket" },
  settings: { sessionId: "session", orgId: "organisation" },
};

/** Every frame that a client of the hub may send, with the ids in it. */
export const FRAME_IDS: Ids = {
  hello: { conversations: "conversation" },
  sub: { topic: "topic" },
  unsub: { topic: "topic" },
  send: { ref: "own", conversation: "conversation", attachments: "media", reply_to: "message" },
  edit: { ref: "own", message: "message" },
  delete: { ref: "own", message: "message" },
  react: { ref: "own", message: "message" },
  read: { conversation: "conversation" },
  typing: { conversation: "conversation" },
  ping: {},
};

/** Every topic of the server's: by which name readers may ask for what it carries, or that they never may. */
export const TOPICS: Record<string, "conversation" | "tickets" | "never"> = {
  conversationStaff: "conversation",
  conversationPublic: "conversation",
  conversationClosed: "never",
  online: "never",
  area: "tickets",
  member: "tickets",
  account: "never",
};
