import type { FullWorld } from "../../support/full-world";

export type Form = { route: string; path?: string; params?: Record<string, string>; json?: boolean; fields: object };

/** Right forms of the desk for each of their ids, but for that id. */
export function deskForms(world: () => FullWorld): Record<string, () => Form> {
  /** What is asked of many tickets; in it ids stand deeper. */
  const bulkOf = (patch: object): Form => ({
    route: "inbox_.bulk",
    json: true,
    fields: { org: world().orgId, ids: [world().tickets.open], patch },
  });

  const macroForm = (fields: object): Form => ({
    route: "inbox_.macros",
    json: true,
    fields: { org: world().orgId, intent: "run", ...fields },
  });

  return {
    "inbox.$ticketId area": () => ({
      route: "inbox.$ticketId",
      params: { ticketId: world().tickets.open },
      fields: { intent: "transfer" },
    }),
    "inbox.$ticketId assignee": () => ({
      route: "inbox.$ticketId",
      params: { ticketId: world().tickets.open },
      fields: { intent: "transfer" },
    }),
    "notices_.read ticket": () => ({ route: "notices_.read", json: true, fields: { org: world().orgId } }),
    "notices_.read webhook": () => ({ route: "notices_.read", json: true, fields: { org: world().orgId } }),
    "notices_.read org": () => ({ route: "notices_.read", json: true, fields: { ticket: world().tickets.open } }),
    "inbox_.bulk org": () => bulkOf({ priority: "urgent" }),
    "inbox_.bulk areaId": () => bulkOf({}),
    "inbox_.bulk assigneeId": () => bulkOf({}),
    "inbox_.bulk ids": () => bulkOf({ priority: "urgent" }),
    "inbox_.bulk id": () => ({
      route: "inbox_.bulk",
      json: true,
      fields: { org: world().orgId, undo: [{ version: 1, patch: { priority: "low" } }] },
    }),
    "inbox_.macros org": () => macroForm({ macro: world().ids.macro, ids: [world().tickets.open] }),
    "inbox_.macros macro": () => macroForm({ ids: [world().tickets.open] }),
    "inbox_.macros ids": () => macroForm({ macro: world().ids.macro }),
    "inbox_.views org": () => ({
      route: "inbox_.views",
      json: true,
      fields: { intent: "create", name: "otra", filter: "" },
    }),
    "inbox_.views view": () => ({
      route: "inbox_.views",
      json: true,
      fields: { org: world().orgId, intent: "delete" },
    }),
    "inbox_.replies org": () => ({
      route: "inbox_.replies",
      json: true,
      fields: { intent: "create", scope: "member", areaId: null, shortcut: "otra", title: "Otra", text: "Otra" },
    }),
    "inbox_.replies areaId": () => ({
      route: "inbox_.replies",
      json: true,
      fields: { org: world().orgId, intent: "create", scope: "area", shortcut: "otra", title: "Otra", text: "Otra" },
    }),
    "inbox_.replies reply": () => ({
      route: "inbox_.replies",
      json: true,
      fields: { org: world().orgId, intent: "delete" },
    }),
  };
}
