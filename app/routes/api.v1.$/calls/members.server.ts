import { z } from "zod";
import {
  fields,
  getOrganisation,
  inviteMember,
  listInvitations,
  listMembers,
  mailInvitation,
  removeMember,
  revokeInvitation,
  setAvailability,
  setMemberAreas,
  setMemberCap,
  setMemberRole,
} from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { invitation, madeInvitation, member } from "../shapes/administration";
import { done } from "../shapes/group";

const isDone = { data: { done: true as const } };
const areaIds = z.array(z.uuid()).max(200);
const role = z.enum(["agent", "admin"]);

/** A page's cursor is the last id of the page before. @throws AppError `cursor_invalid` (422) */
function cursorOf(given: string | undefined): string | undefined {
  if (given && !isUuid(given)) throw invalid("cursor_invalid");
  return given || undefined;
}

export const members = [
  endpoint({
    method: "GET",
    path: "/members",
    name: "listMembers",
    summary: "Who works in the organisation, by when they joined.",
    access: "member",
    scope: "members:read",
    query: z.object(paging),
    answer: z.array(member),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const cursor = cursorOf(query.cursor);
      const page = await transact(actor, { orgId }, (ctx) => listMembers(ctx, { orgId, cursor, limit: query.limit }));
      const data = page.members.map(({ id, name, email, role: is, availability, cap, ...one }) => ({
        ...{ id, name, email, role: is, availability, cap },
        area_ids: one.areaIds,
        active_at: one.activeAt?.toISOString() ?? null,
      }));
      return { data, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/members",
    name: "inviteMember",
    summary: "Invite somebody by a link that holds seven days; with an address, nobody else. For admins.",
    access: "member",
    scope: "invitations:write",
    body: z.strictObject({
      role,
      area_ids: areaIds.default([]),
      email: fields.email.nullable().default(null),
    }),
    answer: madeInvitation,
    statuses: [201],
    refusals: { 409: ["already_member", "too_many_invitations"] },
    handle: async ({ actor, orgId, body, onceId }) => {
      const { area_ids, email, role: as } = body;
      const { made, organisation } = await transact(actor, { orgId }, async (ctx) => ({
        made: await inviteMember(ctx, { id: onceId, orgId, role: as, areaIds: area_ids, email }),
        organisation: await getOrganisation(ctx, orgId),
      }));
      const { name, locale } = organisation;
      if (email) await mailInvitation({ orgId, to: email, link: made.link, organisation: name, locale });
      const data = { id: made.invitationId, link: made.link, expires_at: made.expiresAt.toISOString() };
      return { status: 201, data };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/members/:id",
    name: "updateMember",
    summary: "Change a member's role, areas, cap or availability; what is not named stays. For admins.",
    access: "member",
    scope: "members:write",
    body: z.strictObject({
      role: role.optional(),
      area_ids: areaIds.optional(),
      cap: z.int().nullable().optional(),
      availability: z.enum(["available", "away"]).optional(),
    }),
    answer: done,
    refusals: { 409: ["last_admin"], 422: ["out_of_range"] },
    handle: async ({ actor, orgId, params, body }) => {
      const one = { orgId, memberId: params.id ?? "" };
      await transact(actor, { orgId }, async (ctx) => {
        await setMemberRole(ctx, { ...one, role: body.role });
        if (body.area_ids) await setMemberAreas(ctx, { ...one, areaIds: body.area_ids });
        if (body.cap !== undefined) await setMemberCap(ctx, { ...one, cap: body.cap });
        if (body.availability) await setAvailability(ctx, { ...one, availability: body.availability });
      });
      return isDone;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/members/:id",
    name: "removeMember",
    summary: "Take a member out of the organisation; their open tickets go back to the queue. For admins.",
    access: "member",
    scope: "members:write",
    answer: done,
    refusals: { 409: ["last_admin"] },
    handle: async ({ actor, orgId, params }) => {
      await transact(actor, { orgId }, (ctx) => removeMember(ctx, { orgId, memberId: params.id ?? "" }));
      return isDone;
    },
  }),
  endpoint({
    method: "GET",
    path: "/invitations",
    name: "listInvitations",
    summary: "The invitations that can still be accepted, the newest first. For admins.",
    access: "member",
    scope: "invitations:write",
    query: z.object({ cursor: paging.cursor }),
    answer: z.array(invitation),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const cursor = cursorOf(query.cursor);
      const page = await transact(actor, { orgId }, (ctx) => listInvitations(ctx, { orgId, cursor }));
      const data = page.invitations.map(({ id, email, role: as, ...one }) => ({
        ...{ id, email, role: as, area_ids: one.areaIds },
        ...{ created_at: one.createdAt, expires_at: one.expiresAt },
      }));
      return { data, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/invitations/:id",
    name: "revokeInvitation",
    summary: "Make an invitation useless before its time. For admins.",
    access: "member",
    scope: "invitations:write",
    answer: done,
    handle: async ({ actor, orgId, params }) => {
      await transact(actor, { orgId }, (ctx) => revokeInvitation(ctx, { orgId, invitationId: params.id ?? "" }));
      return isDone;
    },
  }),
];
