import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { fields, readForm } from "~/modules/accounts/index.server";
import {
  addFlow,
  archiveFlow,
  copyFlow,
  type Imported,
  importFlow,
  renameFlow,
  restoreFlow,
} from "~/modules/bots/index.server";
import { invalid } from "~/platform/errors";

const LONGEST_FILE = 5_000_000;
const name = z.string().max(300);
const forms = {
  create: z.object({ name, starter: z.string().max(50) }),
  one: z.object({ flowId: fields.id }),
  named: z.object({ flowId: fields.id, name }),
  import: z.object({ text: z.string().max(LONGEST_FILE) }),
};

/** What became of a form: where to go, or what an import asks. */
export type Done = { to: string } | { asks: Extract<Imported, { missing: unknown }> & { text: string } };

const INSTEAD = "instead ";

async function bringIn(actor: AccountActor, orgId: string, form: FormData): Promise<Done> {
  const file = form.get("file");
  if (file instanceof File && file.size > LONGEST_FILE) throw invalid("flow_file_unreadable", { field: "file" });
  if (file instanceof File && file.size > 0) form.set("text", await file.text());
  const { text } = readForm(forms.import, form);
  const instead = Object.fromEntries(
    [...form].flatMap(([key, value]) =>
      key.startsWith(INSTEAD) && typeof value === "string" ? [[key.slice(INSTEAD.length), value]] : [],
    ),
  );
  const done = await importFlow(actor, orgId, { text, instead });
  return "id" in done ? { to: `/bots/${done.id}` } : { asks: { ...done, text } };
}

/** Does what a form of the list asks for. @throws AppError */
export async function act(actor: AccountActor, orgId: string, form: FormData): Promise<Done> {
  switch (form.get("intent")) {
    case "create": {
      const input = readForm(forms.create, form);
      const id = await addFlow(actor, orgId, { name: input.name, starter: input.starter || null });
      return { to: `/bots/${id}` };
    }
    case "copy": {
      const input = readForm(forms.named, form);
      return { to: `/bots/${await copyFlow(actor, orgId, input.flowId, { name: input.name })}` };
    }
    case "rename": {
      const input = readForm(forms.named, form);
      await renameFlow(actor, orgId, input.flowId, input.name);
      return { to: "/bots?done=renamed" };
    }
    case "archive": {
      const input = readForm(forms.one, form);
      await archiveFlow(actor, orgId, input.flowId);
      return { to: `/bots?done=archived&flow=${encodeURIComponent(input.flowId)}` };
    }
    case "restore": {
      const input = readForm(forms.one, form);
      await restoreFlow(actor, orgId, input.flowId);
      return { to: "/bots?done=restored" };
    }
    case "import":
      return bringIn(actor, orgId, form);
    default:
      throw invalid("invalid");
  }
}
