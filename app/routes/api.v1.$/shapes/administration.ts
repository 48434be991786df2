import { z } from "zod";
import { id, named, time } from "./named";
import { noticeChoice } from "./notice";

export const spans = z.array(z.string()).length(2).describe("From and to as HH:MM; 24:00 ends a day");
const day = z.array(spans).optional();
const hours = z.object({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }).nullable();
const role = z.enum(["agent", "admin"]);

export const area = named(
  "Area",
  "A department: who sees its tickets, who is given them, and what the clock does with them.",
  z.object({
    id,
    name: z.string(),
    visibility: z.enum(["open", "members", "private"]),
    reply_mode: z.enum(["claim", "take_first", "assignee_only"]),
    assignment: z.enum(["manual", "round_robin", "least_loaded"]),
    cap: z.int(),
    sticky_days: z.int(),
    auto_return_minutes: z.int().nullable(),
    auto_close_hours: z.int().nullable(),
    overflow_area_id: id.nullable(),
    overflow_minutes: z.int().nullable(),
    wait_limit_minutes: z.int(),
    hours: hours.describe("Null: the organisation's"),
    hours_text: z.string().nullable(),
    members: z.int(),
    archived: z.boolean(),
  }),
);

export const member = named(
  "Member",
  "Somebody who works in the organisation.",
  z.object({
    id,
    name: z.string(),
    email: z.string(),
    role,
    availability: z.enum(["available", "away"]),
    area_ids: z.array(id),
    cap: z.int().nullable().describe("The most open tickets that they are given; null: their area's"),
    active_at: time.nullable(),
  }),
);

export const invitation = named(
  "Invitation",
  "An invitation that can still be accepted, by one person.",
  z.object({
    id,
    email: z.string().nullable(),
    role,
    area_ids: z.array(id),
    created_at: time,
    expires_at: time,
  }),
);

export const madeInvitation = named(
  "MadeInvitation",
  "A new invitation with its link, which is told this once.",
  z.object({ id, link: z.string(), expires_at: time }),
);

export const organisation = named(
  "Organisation",
  "How the organisation is called and how it works.",
  z.object({
    id,
    handle: z.string(),
    name: z.string(),
    locale: z.string(),
    time_zone: z.string(),
    region: z.string(),
    colour: z.string().nullable(),
    logo_url: z.string().nullable(),
    auto_away_minutes: z.int().nullable(),
    hours: hours.describe("Null: always open"),
    hours_text: z.string().nullable(),
    closing_reasons: z.array(z.string()).nullable(),
    closing_list: z.array(z.string()).nullable(),
    widget_sites: z.array(z.string()).describe("The sites that may show the public chat, as origins"),
    notices: noticeChoice.describe("What members are told aloud as long as they do not choose themselves"),
  }),
);

export const holiday = named(
  "Holiday",
  "A day on which the organisation, or one area of it, keeps other hours than its week's.",
  z.object({
    id,
    name: z.string(),
    day: z.string().describe("YYYY-MM-DD of the organisation's calendar"),
    spans: z.array(spans).describe("None: closed"),
    area_id: id.nullable().describe("Null: of the whole organisation"),
  }),
);

export const apiToken = named(
  "ApiToken",
  "A key for programs, without its secret.",
  z.object({
    id,
    name: z.string(),
    scopes: z.array(z.string()),
    member: z.object({ id, name: z.string() }),
    last_used_at: time.nullable(),
    created_at: time,
  }),
);

export const auditLine = named(
  "AuditEntry",
  "A line of the audit log: who changed what, and what it was before.",
  z.object({
    id,
    actor: z.object({ kind: z.enum(["member", "token", "system"]), id: id.nullable(), name: z.string() }),
    action: z.string(),
    subject: z.object({ id: id.nullable(), name: z.string() }),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    created_at: time,
  }),
);
