import { type Actor, allows, type Membership, membershipIn } from "~/modules/accounts";
import { forbidden, notFound } from "~/platform/errors";
import type { ChannelKind } from "../kinds";
import type { ChannelRow } from "./create-channel.server";

/** A channel as admins see it; its secrets are never part of it. */
export type Channel = {
  id: string;
  kind: ChannelKind;
  name: string;
  area_id: string;
  flow_id: string | null;
  account: string | null;
  reopen_hours: number;
  health: ChannelRow["health"];
  health_reason: string | null;
  disabled_at: string | null;
  created_at: string;
};

export const toChannel = (row: ChannelRow): Channel => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  area_id: row.areaId,
  flow_id: row.flowId,
  account: row.externalId,
  reopen_hours: row.reopenHours,
  health: row.health,
  health_reason: row.healthReason,
  disabled_at: row.disabledAt?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
});

/** Channels are the admins' business. @throws AppError 404 for strangers, 403 for agents and for tokens without the scope */
export function requireAdmin(actor: Actor, orgId: string, scope: "channels:read" | "channels:write"): Membership {
  const membership = membershipIn(actor, orgId);
  if (!membership) throw notFound("organisation");
  if (membership.role !== "admin") throw forbidden();
  if (!allows(actor, scope)) throw forbidden("missing_scope");
  return membership;
}
