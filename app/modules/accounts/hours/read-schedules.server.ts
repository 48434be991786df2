import { and, eq, gte, isNull } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { type HolidayOf, type Schedule, scheduleOf } from "./opening-hours";

const DAY_MS = 86_400_000;
/** As far back as the clock looks for what is due; every holiday to come counts. */
const BACK_DAYS = 60;

export type DeskArea = typeof schema.area.$inferSelect & { schedule: Schedule };
export type DeskHours = {
  organisation: typeof schema.organisation.$inferSelect;
  /** Every area that lives, by its id. */
  areas: ReadonlyMap<string, DeskArea>;
  /** Of the last two months and of all that is to come. */
  holidays: readonly HolidayOf[];
};

/** The organisation with its living areas and when each of them is open. @throws Error for no such organisation */
export async function readSchedules(tx: Tx, orgId: string, now: Date): Promise<DeskHours> {
  const { organisation, area, holiday } = schema;
  const [org] = await tx.select().from(organisation).where(eq(organisation.id, orgId));
  if (!org) throw new Error(`no organisation ${orgId}`);
  const since = new Date(now.getTime() - BACK_DAYS * DAY_MS).toISOString().slice(0, 10);
  const areas = await tx
    .select()
    .from(area)
    .where(and(eq(area.orgId, orgId), isNull(area.archivedAt)));
  const holidays = await tx
    .select()
    .from(holiday)
    .where(and(eq(holiday.orgId, orgId), gte(holiday.day, since)));
  return {
    organisation: org,
    holidays,
    areas: new Map(areas.map((row) => [row.id, { ...row, schedule: scheduleOf(org, row, holidays) }])),
  };
}
