import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { fields, readForm, runAs } from "~/modules/accounts/index.server";
import { changeSecret, createSecret, deleteSecret } from "~/modules/bots/index.server";
import { invalid } from "~/platform/errors";

/** One to a line, or with commas or spaces between. */
const hosts = z.string().transform((text) => text.split(/[\s,;]+/).filter((host) => host !== ""));
/** What a form gives back when it is refused leaves out fields named after secrets: the id must not be one of those. */
const secret = z.string().max(4_000);
const forms = {
  create: z.object({ name: z.string(), secret, hosts }),
  change: z.object({ keyId: fields.id, secret, hosts }),
  delete: z.object({ keyId: fields.id }),
};

/** Does what a form of the page asks for. @throws AppError */
export function act(actor: AccountActor, orgId: string, form: FormData): Promise<unknown> {
  const run = runAs(actor, orgId);
  switch (form.get("intent")) {
    case "create": {
      const { secret: value, ...given } = readForm(forms.create, form);
      return run((ctx) => createSecret(ctx, orgId, { ...given, value }));
    }
    case "change": {
      const { keyId: secretId, secret: value, ...given } = readForm(forms.change, form);
      const change = { ...given, ...(value.trim() !== "" && { value }) };
      return run((ctx) => changeSecret(ctx, { orgId, secretId, change }));
    }
    case "delete": {
      const { keyId: secretId } = readForm(forms.delete, form);
      return run((ctx) => deleteSecret(ctx, orgId, secretId));
    }
    default:
      throw invalid("invalid");
  }
}
