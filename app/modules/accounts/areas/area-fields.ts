import { z } from "zod";
import { fields } from "../fields";
import { hoursText, openingHours } from "../organisations/opening-hours-field";

const WEEK_MINUTES = 10_080;
const between = (least: number, most: number) =>
  z.int("out_of_range").min(least, "out_of_range").max(most, "out_of_range");

/** What an area's admins may set; each message is the code of the text for people. */
export const areaChange = z
  .strictObject({
    name: fields.areaName,
    visibility: fields.visibility,
    replyMode: fields.replyMode,
    assignment: fields.assignment,
    cap: between(1, 100),
    stickyDays: between(0, 365),
    autoReturnMinutes: between(5, WEEK_MINUTES).nullable(),
    autoCloseHours: between(1, 2_160).nullable(),
    overflowAreaId: fields.id.nullable(),
    overflowMinutes: between(5, WEEK_MINUTES).nullable(),
    waitLimitMinutes: between(1, WEEK_MINUTES),
    hours: openingHours,
    hoursText,
  })
  .partial();

export type AreaChange = z.output<typeof areaChange>;
