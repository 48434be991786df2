import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { brokenConstraint } from "~/platform/db.server";
import { conflict, notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { lockArea } from "../areas/update-area.server";
import { recordAudit } from "../audit/record-audit.server";
import { fields } from "../fields";
import { parseChange } from "../forms/parse-change";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { calendarDay, daySpans } from "../organisations/opening-hours-field";
import type { HolidayListed } from "./list-holidays.server";

const { holiday } = schema;

const MOST_HOLIDAYS = 500;
const draft = z.strictObject({
  name: fields.areaName,
  day: calendarDay,
  spans: daySpans,
  areaId: fields.id.nullable(),
});

export type HolidayDraft = z.input<typeof draft>;

/**
 * A day on which an organisation, or one area of it, keeps other hours: none is closed. `id` names it in advance: a repeat
 * makes no second.
 * @throws AppError `not_found` (the area), `forbidden`, 422 with the field, 409 `holiday_taken`, `too_many_holidays`
 */
export async function addHoliday(
  ctx: Context<Actor>,
  input: { id?: string; orgId: string; holiday: HolidayDraft },
): Promise<HolidayListed> {
  const { orgId, id = newId() } = input;
  await lockAndAuthorise(ctx, orgId, "organisation.write");
  const same = and(eq(holiday.orgId, orgId), eq(holiday.id, id));
  const [known] = await ctx.tx.select().from(holiday).where(same);
  if (known) return known;
  const given = parseChange(draft, input.holiday);
  if (given.areaId) await lockArea(ctx, orgId, given.areaId);
  if ((await ctx.tx.$count(holiday, eq(holiday.orgId, orgId))) >= MOST_HOLIDAYS) throw conflict("too_many_holidays");
  const row = { id, orgId, ...given, createdAt: ctx.now };
  try {
    await ctx.tx.transaction((tx) => tx.insert(holiday).values(row));
  } catch (error) {
    if (brokenConstraint(error) === "holiday_day_key") throw conflict("holiday_taken", { field: "day" });
    throw error;
  }
  const after = { day: given.day, spans: given.spans, area_id: given.areaId };
  await recordAudit(ctx, { orgId, action: "holiday.added", subject: row, after });
  return row;
}

/** @throws AppError `not_found`, `forbidden` */
export async function removeHoliday(ctx: Context<Actor>, input: { orgId: string; holidayId: string }): Promise<void> {
  const { orgId, holidayId } = input;
  await lockAndAuthorise(ctx, orgId, "organisation.write");
  if (!isUuid(holidayId)) throw notFound("holiday");
  const [gone] = await ctx.tx
    .delete(holiday)
    .where(and(eq(holiday.orgId, orgId), eq(holiday.id, holidayId)))
    .returning();
  if (!gone) throw notFound("holiday");
  await recordAudit(ctx, { orgId, action: "holiday.removed", subject: gone, before: { day: gone.day } });
}
