import { z } from "zod";
import { MACRO_SCOPES } from "~/modules/desk";
import { macroStep } from "~/modules/desk/index.server";
import { id, named, time } from "./named";

export const step = named("MacroStep", "One deed of a macro.", macroStep);

export const macro = named(
  "Macro",
  "Several deeds with a ticket under one name: a member's own, or everybody's. Done in order, all of them or none.",
  z.object({
    id,
    scope: z.enum(MACRO_SCOPES),
    name: z.string(),
    steps: z.array(step),
    used: z.int().describe("How many tickets it was done with"),
    updated_at: time,
    can: z.object({ edit: z.boolean() }),
  }),
);
