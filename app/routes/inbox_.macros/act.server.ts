import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { MACRO_SCOPES, type MacroStep, MOST_TICKETS } from "~/modules/desk";
import { createMacro, deleteMacro, runMacroOn, updateMacro } from "~/modules/desk/index.server";
import { invalid } from "~/platform/errors";

/** What is wrong with a step is said by the verb, with its number. */
const words = { name: z.string().max(200), steps: z.array(z.custom<MacroStep>()).max(100) };
const body = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("create"), org: z.uuid(), scope: z.enum(MACRO_SCOPES), ...words }),
  z.strictObject({ intent: z.literal("update"), org: z.uuid(), macro: z.uuid(), ...words }),
  z.strictObject({ intent: z.literal("delete"), org: z.uuid(), macro: z.uuid() }),
  z.strictObject({
    intent: z.literal("run"),
    org: z.uuid(),
    macro: z.uuid(),
    ids: z.array(z.uuid()).min(1).max(MOST_TICKETS),
    place: z.string().max(200).optional(),
    basedOnSeq: z.int().min(0).optional(),
  }),
]);

/** Keeps a macro, changes or forgets one, or does with tickets what one says. @throws AppError */
export async function act(actor: AccountActor, told: unknown): Promise<unknown> {
  const asked = body.safeParse(told);
  if (!asked.success) throw invalid("invalid_request");
  const { org: orgId } = asked.data;
  switch (asked.data.intent) {
    case "create":
      return createMacro(actor, orgId, asked.data);
    case "update":
      return updateMacro(actor, orgId, asked.data.macro, asked.data);
    case "delete":
      return deleteMacro(actor, orgId, asked.data.macro);
    case "run": {
      const { macro, ids, place, basedOnSeq } = asked.data;
      return runMacroOn(actor, orgId, macro, ids, { place, basedOnSeq });
    }
  }
}
