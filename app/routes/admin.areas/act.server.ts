import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { archiveArea, createArea, fields, readForm, updateArea } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import { type Context, transact } from "~/platform/transact.server";

const area = { name: fields.areaName, visibility: fields.visibility, replyMode: fields.replyMode };
const forms = {
  create: z.object(area),
  update: z.object({ areaId: fields.id, ...area }),
  archive: z.object({ areaId: fields.id }),
};

/** Does what a form of the page asks for within the admin's organisation, and says what was done. @throws AppError */
export async function act(actor: AccountActor, orgId: string, form: FormData): Promise<string> {
  const run = <T>(work: (ctx: Context<AccountActor>) => Promise<T>) =>
    transact(actor, { orgId, accountId: actor.accountId }, work);
  const intent = form.get("intent");
  if (intent === "create") {
    const input = readForm(forms.create, form);
    await run((ctx) => createArea(ctx, { orgId, ...input }));
    return "created";
  }
  if (intent === "update") {
    const { areaId, ...change } = readForm(forms.update, form);
    await run((ctx) => updateArea(ctx, { orgId, areaId, change }));
    return "saved";
  }
  if (intent === "archive") {
    const { areaId } = readForm(forms.archive, form);
    await run((ctx) => archiveArea(ctx, { orgId, areaId }));
    return "archived";
  }
  throw invalid("invalid");
}
