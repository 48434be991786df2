import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { fields, readForm, runAs } from "~/modules/accounts/index.server";
import { TAG_COLOURS } from "~/modules/contacts";
import { changeTag, createTag, deleteTag, mergeTags } from "~/modules/contacts/index.server";
import { invalid } from "~/platform/errors";

const tag = { name: z.string(), colour: z.enum(TAG_COLOURS) };
const forms = {
  create: z.object(tag),
  change: z.object({ tagId: fields.id, ...tag }),
  merge: z.object({ tagId: fields.id, intoId: fields.id }),
  delete: z.object({ tagId: fields.id }),
};

/** Does what a form of the page asks for. @throws AppError */
export function act(actor: AccountActor, orgId: string, form: FormData): Promise<unknown> {
  const run = runAs(actor, orgId);
  switch (form.get("intent")) {
    case "create": {
      const input = readForm(forms.create, form);
      return run((ctx) => createTag(ctx, { orgId, ...input }));
    }
    case "change": {
      const input = readForm(forms.change, form);
      return run((ctx) => changeTag(ctx, { orgId, ...input }));
    }
    case "merge": {
      const input = readForm(forms.merge, form);
      return run((ctx) => mergeTags(ctx, { orgId, ...input }));
    }
    case "delete": {
      const input = readForm(forms.delete, form);
      return run((ctx) => deleteTag(ctx, { orgId, ...input }));
    }
    default:
      throw invalid("invalid");
  }
}
