import { z } from "zod";
import { REPLY_SCOPES } from "~/modules/desk";
import { id, idAndName, named, time } from "./named";

export const cannedReply = named(
  "CannedReply",
  "A text that agents send often: a member's own, an area's, or everybody's.",
  z.object({
    id,
    scope: z.enum(REPLY_SCOPES),
    area: idAndName.nullable().describe("Whose it is, where `scope` is `area`"),
    shortcut: z.string().describe("What is written after `/` to find it"),
    title: z.string(),
    text: z.string().describe("May name variables, as `{{contact.first_name}}`"),
    used: z.int().describe("How often it was put into an answer"),
    updated_at: time,
    can: z.object({ edit: z.boolean() }),
  }),
);
