import { z } from "zod";
import { fields } from "../fields";
import { noticeChoice } from "../notices/notice-choice-field";
import { hoursText, openingHours } from "./opening-hours-field";
import { siteOrigins } from "./site-origins";

/** WCAG's least contrast of text: white stands on the colour. */
const LEAST_CONTRAST = 4.5;

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** How well white is read on a colour `#rrggbb`: 1 to 21. */
export const contrastWithWhite = (colour: string): number => 1.05 / (luminance(colour) + 0.05);

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

const line = (most: number) => z.string().normalize("NFC").trim().min(1, "invalid").max(most, "text_too_long");
const lines = (most: number, longest: number) =>
  z
    .array(line(longest))
    .max(most, "too_many_lines")
    .transform((all) => [...new Set(all)]);

/** What an organisation's admins may set; each message is the code of the text for people. */
export const organisationChange = z
  .strictObject({
    name: fields.organisationName,
    handle: z.string({ message: "handle_malformed" }).trim().toLowerCase(),
    locale: z.enum(["es", "pt", "en"], { message: "invalid" }),
    timeZone: z.string().max(60, "time_zone_unknown").refine(isTimeZone, "time_zone_unknown"),
    region: z.string().regex(/^[A-Z]{2}$/, "invalid"),
    colour: z
      .string()
      .toLowerCase()
      .regex(/^#[0-9a-f]{6}$/, "colour_malformed")
      .refine((colour) => contrastWithWhite(colour) >= LEAST_CONTRAST, "colour_too_light")
      .nullable(),
    autoAwayMinutes: z.int("out_of_range").min(5, "out_of_range").max(1_440, "out_of_range").nullable(),
    hours: openingHours,
    hoursText,
    /** None offers the usual ones. */
    closingReasons: lines(30, 80)
      .nullable()
      .transform((all) => (all && all.length > 0 ? all : null)),
    closingList: lines(100, 25).nullable(),
    widgetSites: siteOrigins,
    noticeChoice,
  })
  .partial();

export type OrganisationChange = z.output<typeof organisationChange>;
