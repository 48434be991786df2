import { z } from "zod";
import { addHoliday, type HolidayListed, listHolidays, removeHoliday } from "~/modules/accounts/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../../endpoint";
import { holiday as shape, spans } from "../../shapes/administration";
import { done } from "../../shapes/group";

const view = ({ id, name, day, spans: open, areaId }: HolidayListed) => ({
  id,
  name,
  day,
  spans: open,
  area_id: areaId,
});

export const holidays = [
  endpoint({
    method: "GET",
    path: "/holidays",
    name: "listHolidays",
    summary: "The days on which the organisation, or an area of it, keeps other hours than its week's, by day.",
    access: "member",
    scope: "organisation:read",
    answer: z.array(shape),
    handle: async ({ actor, orgId }) => {
      const found = await transact(actor, { orgId }, (ctx) => listHolidays(ctx, orgId));
      return { data: found.map(view), nextCursor: null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/holidays",
    name: "addHoliday",
    summary: "Add a day with other hours; without any it is closed. For admins.",
    access: "member",
    scope: "organisation:write",
    body: z.strictObject({
      name: z.string().max(200),
      day: z.string().max(10).describe("YYYY-MM-DD of the organisation's calendar"),
      spans: z.array(spans).max(10).default([]),
      area_id: z.uuid().nullable().default(null).describe("Null: of the whole organisation"),
    }),
    answer: shape,
    statuses: [201],
    refusals: {
      409: ["holiday_taken", "too_many_holidays"],
      422: ["name_malformed", "day_malformed", "hours_malformed"],
    },
    handle: async ({ actor, orgId, body, onceId }) => {
      const { area_id: areaId, ...rest } = body;
      const holiday = { ...rest, spans: rest.spans as [string, string][], areaId };
      const made = await transact(actor, { orgId }, (ctx) => addHoliday(ctx, { id: onceId, orgId, holiday }));
      return { status: 201, data: view(made) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/holidays/:id",
    name: "removeHoliday",
    summary: "Take a day with other hours away. For admins.",
    access: "member",
    scope: "organisation:write",
    answer: done,
    handle: async ({ actor, orgId, params }) => {
      await transact(actor, { orgId }, (ctx) => removeHoliday(ctx, { orgId, holidayId: params.id ?? "" }));
      return { data: { done: true as const } };
    },
  }),
];
