/**
 * The pages of /admin that exist, in order; labels are `admin.menu.<id>`, what each is for `admin.about.<id>`, the groups
 * `admin.groups.<group>`.
 */
export const adminMenu = [
  { id: "organisation", group: "team", to: "/admin/organisation" },
  { id: "members", group: "team", to: "/admin/members" },
  { id: "areas", group: "team", to: "/admin/areas" },
  { id: "hours", group: "team", to: "/admin/hours" },
  { id: "channels", group: "work", to: "/admin/channels" },
  { id: "links", group: "work", to: "/admin/links" },
  { id: "widget", group: "work", to: "/admin/widget" },
  { id: "replies", group: "work", to: "/replies" },
  { id: "macros", group: "work", to: "/admin/macros" },
  { id: "answers", group: "work", to: "/admin/answers" },
  { id: "secrets", group: "work", to: "/admin/secrets" },
  { id: "ai", group: "work", to: "/admin/ai" },
  { id: "tags", group: "work", to: "/admin/tags" },
  { id: "fields", group: "work", to: "/admin/fields" },
  { id: "closing", group: "work", to: "/admin/closing" },
  { id: "notifications", group: "control", to: "/admin/notifications" },
  { id: "tokens", group: "control", to: "/admin/tokens" },
  { id: "webhooks", group: "control", to: "/admin/webhooks" },
  { id: "audit", group: "control", to: "/admin/audit" },
  { id: "data", group: "control", to: "/admin/data" },
  { id: "deadLetters", group: "control", to: "/admin/dead-letters" },
] as const;

export const MENU_GROUPS = ["team", "work", "control"] as const;
