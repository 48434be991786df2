import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { createArea, fields, moveArea, readForm, runAs } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";

const forms = {
  create: z.object({ name: fields.areaName, visibility: fields.visibility, replyMode: fields.replyMode }),
  move: z.object({ areaId: fields.id, intent: z.enum(["up", "down"]) }),
};

/** Does what a form of the page asks for within the admin's organisation, and says what was done. @throws AppError */
export async function act(actor: AccountActor, orgId: string, form: FormData): Promise<string> {
  const run = runAs(actor, orgId);
  const intent = form.get("intent");
  if (intent === "create") {
    const input = readForm(forms.create, form);
    await run((ctx) => createArea(ctx, { orgId, ...input }));
    return "created";
  }
  if (intent === "up" || intent === "down") {
    const { areaId, intent: way } = readForm(forms.move, form);
    await run((ctx) => moveArea(ctx, { orgId, areaId, way }));
    return "moved";
  }
  throw invalid("invalid");
}
