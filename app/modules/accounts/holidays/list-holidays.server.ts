import { asc, eq } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { authorise } from "../policy";

const { holiday } = schema;

export type HolidayListed = {
  id: string;
  day: string;
  name: string;
  spans: [string, string][];
  /** Null: of the whole organisation. */
  areaId: string | null;
};

/** The organisation's holidays by day; there are few, so they come whole. @throws AppError `not_found`, `forbidden` */
export async function listHolidays(ctx: Context<Actor>, orgId: string): Promise<HolidayListed[]> {
  authorise(ctx.actor, orgId, "organisation.read");
  return ctx.tx
    .select({
      id: holiday.id,
      day: holiday.day,
      name: holiday.name,
      spans: holiday.spans,
      areaId: holiday.areaId,
    })
    .from(holiday)
    .where(eq(holiday.orgId, orgId))
    .orderBy(asc(holiday.day), asc(holiday.id));
}
