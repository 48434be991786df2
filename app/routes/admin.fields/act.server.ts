import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { fields, readForm, runAs } from "~/modules/accounts/index.server";
import { archiveField, changeField, createField, moveField } from "~/modules/contacts/index.server";
import { invalid } from "~/platform/errors";

const words = { label: z.string(), options: z.string() };
const named = z.object({ fieldId: fields.id });
const forms = {
  create: z.object({
    subject: z.enum(["contact", "ticket"], "invalid"),
    kind: z.enum(["text", "number", "date", "choice", "yes_no"], "invalid"),
    ...words,
  }),
  change: z.object({ fieldId: fields.id, ...words }),
};

const listOf = (options: string) => options.split(/[\n,]/).filter((one) => one.trim());

/** Does what a form of the page asks for. @throws AppError */
export function act(actor: AccountActor, orgId: string, form: FormData): Promise<unknown> {
  const run = runAs(actor, orgId);
  const intent = form.get("intent");
  if (intent === "create") {
    const input = readForm(forms.create, form);
    return run((ctx) => createField(ctx, { orgId, ...input, options: listOf(input.options) }));
  }
  if (intent === "change") {
    const input = readForm(forms.change, form);
    return run((ctx) => changeField(ctx, { orgId, ...input, options: listOf(input.options) }));
  }
  const { fieldId } = readForm(named, form);
  switch (intent) {
    case "archive":
    case "restore":
      return run((ctx) => archiveField(ctx, { orgId, fieldId, archived: intent === "archive" }));
    case "up":
    case "down":
      return run((ctx) => moveField(ctx, { orgId, fieldId, by: intent === "up" ? -1 : 1 }));
    default:
      throw invalid("invalid");
  }
}
