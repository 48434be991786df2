import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { fields, readForm } from "~/modules/accounts/index.server";
import { mergeContacts, requestErasure, undoMerge, updateContact } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const details = z.object({
  name: z.string(),
  phone: z.string(),
  email: z.string(),
  notes: z.string(),
  tags: z.string(),
});
const merge = z.object({ mergedId: fields.id });
const undo = z.object({ mergeId: fields.id });
const erase = z.object({ typedName: z.string(), reason: z.string() });

const prefixed = (form: FormData, prefix: string): Record<string, string> =>
  Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) =>
      name.startsWith(prefix) && typeof value === "string" ? [[name.slice(prefix.length), value]] : [],
    ),
  );

/** Does what a form of the page asks for, and says where to go on. @throws AppError */
export async function act(actor: AccountActor, orgId: string, contactId: string, form: FormData): Promise<string> {
  const here = `/contacts/${contactId}`;
  switch (form.get("intent")) {
    case "save": {
      const { tags, ...rest } = readForm(details, form);
      const words = tags.split(",").filter((tag) => tag.trim());
      await updateContact(actor, orgId, contactId, { ...rest, tags: words, fields: prefixed(form, "field:") });
      return `${here}?done=saved`;
    }
    case "block":
    case "unblock":
      await updateContact(actor, orgId, contactId, { blocked: form.get("intent") === "block" });
      return here;
    case "merge": {
      const { mergedId } = readForm(merge, form);
      const choices = Object.fromEntries(
        Object.entries(prefixed(form, "choice:")).map(
          ([name, value]) => [name, value === "merged" ? "merged" : "kept"] as const,
        ),
      );
      await mergeContacts(actor, orgId, { keptId: contactId, mergedId, choices });
      return `${here}?done=merged#merge`;
    }
    case "undo": {
      const { changedSince } = await undoMerge(actor, orgId, readForm(undo, form).mergeId);
      return `${here}?done=${changedSince.length > 0 ? "partedBut" : "parted"}#merge`;
    }
    case "erase":
      await requestErasure(actor, orgId, { contactId, ...readForm(erase, form) });
      return "/admin/data?done=erased";
    default:
      throw invalid("invalid");
  }
}
