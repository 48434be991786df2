/** Who may call a route. `nobody`: there is nothing behind it. `anyone`: the public list of the contract. */
export type Needs = "anyone" | "nobody" | "signed-in" | "member" | "admin" | "token" | "reader";

export type MappedRoute = {
  /** An address of it; `:ticket` and `:conversation` stand for real ones. */
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
  "admin.areas": page("/admin/areas", "admin"),
  "admin.members": page("/admin/members", "admin"),
  "api.v1.$": resource("/api/v1/me", "token"),
  "c.$handle": page("/c/demo", "anyone"),
  chats: page("/chats", "signed-in"),
  "chats._index": page("/chats", "signed-in"),
  "chats.$conversationId": page("/chats/:conversation", "signed-in"),
  "conversations.$id.changes": resource("/conversations/:conversation/changes?after=0", "reader"),
  "conversations.$id.messages": resource("/conversations/:conversation/messages", "reader"),
  "conversations.$id.read": resource("/conversations/:conversation/read", "reader"),
  inbox: page("/inbox", "member"),
  "inbox.$ticketId": page("/inbox/:ticket", "member"),
  "inbox_.counts": resource("/inbox/counts", "member"),
  "inbox_.tickets": resource("/inbox/tickets", "member"),
  "invite.$token": page("/invite/nobody-knows-this", "anyone"),
  login: page("/login", "anyone"),
  logout: resource("/logout", "signed-in"),
  me: resource("/me", "signed-in"),
  "organisations.new": page("/organisations/new", "signed-in"),
  reset: page("/reset", "anyone"),
  settings: page("/settings", "signed-in"),
  signup: page("/signup", "anyone"),
  "webhooks.meta": resource("/webhooks/meta", "anyone"),
};

/** Every call of the API, and who may make it. */
export const API_CALLS: Record<string, "member" | "admin" | "guest" | "public"> = {
  "GET /me": "guest",
  "GET /tickets": "member",
  "GET /tickets/:id": "member",
  "PATCH /tickets/:id": "member",
  "POST /tickets/:id/claim": "member",
  "GET /tickets/:id/events": "member",
  "GET /conversations": "member",
  "GET /conversations/:id": "guest",
  "GET /conversations/:id/messages": "guest",
  "POST /conversations/:id/messages": "guest",
  "GET /conversations/:id/changes": "guest",
  "POST /conversations/:id/read": "guest",
  "PATCH /messages/:id": "guest",
  "DELETE /messages/:id": "guest",
  "POST /messages/:id/reactions": "guest",
  "POST /public/:handle/conversations": "public",
  "GET /contacts": "member",
  "GET /contacts/:id": "member",
  "GET /channels": "admin",
  "POST /channels": "admin",
  "PATCH /channels/:id": "admin",
  "DELETE /channels/:id": "admin",
  "GET /channels/:id/health": "admin",
  "GET /feed": "member",
};
