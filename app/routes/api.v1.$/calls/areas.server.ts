import { z } from "zod";
import {
  type AreaListed,
  archiveArea,
  areaChange,
  createArea,
  getArea,
  listAreas,
  updateArea,
} from "~/modules/accounts/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../endpoint";
import { area as shape } from "../shapes/administration";

const { shape: settings } = areaChange;
const choices = {
  visibility: settings.visibility,
  reply_mode: settings.replyMode,
};
const whole = z.int().optional();
const orNone = z.int().nullable().optional();
const refused = ["name_malformed", "text_too_long", "out_of_range", "overflow_incomplete", "overflow_loop"] as const;

const view = (area: AreaListed) => ({
  ...{ id: area.id, name: area.name, visibility: area.visibility, reply_mode: area.replyMode },
  ...{ assignment: area.assignment, cap: area.cap, sticky_days: area.stickyDays },
  ...{ auto_return_minutes: area.autoReturnMinutes, auto_close_hours: area.autoCloseHours },
  ...{ overflow_area_id: area.overflowAreaId, overflow_minutes: area.overflowMinutes },
  ...{ wait_limit_minutes: area.waitLimitMinutes, hours: area.hours, hours_text: area.hoursText },
  ...{ members: area.members, archived: area.archived },
});

export const areas = [
  endpoint({
    method: "GET",
    path: "/areas",
    name: "listAreas",
    summary: "The organisation's areas that are in use, in their order.",
    access: "member",
    scope: "areas:read",
    answer: z.array(shape),
    handle: async ({ actor, orgId }) => {
      const { areas: found } = await transact(actor, { orgId }, (ctx) => listAreas(ctx, { orgId }));
      return { data: found.map(view), nextCursor: null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/areas",
    name: "createArea",
    summary: "Make an area. For admins.",
    access: "member",
    scope: "areas:write",
    body: z.strictObject({ name: z.string().max(200), ...choices }),
    answer: shape,
    statuses: [201],
    refusals: { 409: ["area_name_taken", "too_many_areas"], 422: refused },
    handle: async ({ actor, orgId, body, onceId }) => {
      const { reply_mode: replyMode, ...rest } = body;
      const made = await transact(actor, { orgId }, async (ctx) => {
        const { areaId } = await createArea(ctx, { id: onceId, orgId, ...rest, replyMode });
        return getArea(ctx, orgId, areaId);
      });
      return { status: 201, data: view(made) };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/areas/:id",
    name: "updateArea",
    summary: "Change an area; what is not named stays as it is. For admins.",
    access: "member",
    scope: "areas:write",
    body: z.strictObject({
      name: z.string().max(200).optional(),
      ...choices,
      assignment: settings.assignment,
      cap: whole,
      sticky_days: whole,
      auto_return_minutes: orNone,
      auto_close_hours: orNone,
      overflow_area_id: z.uuid().nullable().optional(),
      overflow_minutes: orNone,
      wait_limit_minutes: whole,
      hours: settings.hours,
      hours_text: z.string().max(2_000).nullable().optional(),
    }),
    answer: shape,
    refusals: { 409: ["area_name_taken"], 422: refused },
    handle: async ({ actor, orgId, params, body }) => {
      const change = {
        ...{ name: body.name, visibility: body.visibility, replyMode: body.reply_mode, assignment: body.assignment },
        ...{ cap: body.cap, stickyDays: body.sticky_days, waitLimitMinutes: body.wait_limit_minutes },
        ...{ autoReturnMinutes: body.auto_return_minutes, autoCloseHours: body.auto_close_hours },
        ...{ overflowAreaId: body.overflow_area_id, overflowMinutes: body.overflow_minutes },
        ...{ hours: body.hours, hoursText: body.hours_text },
      };
      const areaId = params.id ?? "";
      const changed = await transact(actor, { orgId }, async (ctx) => {
        await updateArea(ctx, { orgId, areaId, change });
        return getArea(ctx, orgId, areaId);
      });
      return { data: view(changed) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/areas/:id",
    name: "archiveArea",
    summary: "Put an area away that has no open tickets and in which no channel begins. For admins.",
    access: "member",
    scope: "areas:write",
    answer: shape,
    refusals: { 409: ["last_area", "area_in_use", "area_has_tickets"] },
    handle: async ({ actor, orgId, params }) => {
      const areaId = params.id ?? "";
      const archived = await transact(actor, { orgId }, async (ctx) => {
        await archiveArea(ctx, { orgId, areaId });
        return getArea(ctx, orgId, areaId);
      });
      return { data: view(archived) };
    },
  }),
];
