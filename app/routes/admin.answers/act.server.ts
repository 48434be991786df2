import { z } from "zod";
import { languages } from "~/i18n/languages";
import type { AccountActor } from "~/modules/accounts";
import { fields, readForm, runAs } from "~/modules/accounts/index.server";
import type { FaqAnswer } from "~/modules/bots";
import {
  type AnswersImported,
  changeAnswer,
  createAnswer,
  deleteAnswer,
  importAnswers,
} from "~/modules/bots/index.server";
import { invalid } from "~/platform/errors";

/** One wording to a line; a box that is not ticked is not sent. */
const answer = {
  language: z.enum(languages, "invalid"),
  questions: z.string().transform((text) => text.split("\n").filter((line) => line.trim() !== "")),
  answer: z.string(),
  enabled: z
    .literal("on")
    .optional()
    .transform((value) => value === "on"),
};
const forms = {
  create: z.object(answer),
  change: z.object({ answerId: fields.id, ...answer }),
  delete: z.object({ answerId: fields.id }),
};

/** The text of a file: UTF-8 where it can be, else as old tables are written. @throws AppError 422 `file_not_text` */
async function textOf(file: FormDataEntryValue | null): Promise<string> {
  if (!(file instanceof File) || file.size === 0) throw invalid("file_not_text");
  const bytes = await file.arrayBuffer();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder("windows-1252").decode(bytes);
  }
  if (text.includes("\u0000")) throw invalid("file_not_text");
  return text;
}

type Done = { deleted: FaqAnswer } | { report: AnswersImported };

/**
 * Does what a form of the page asks for; a deleted answer comes back, to be taken back, and what came of a file.
 * @throws AppError
 */
export async function act(actor: AccountActor, orgId: string, form: FormData): Promise<Done | null> {
  const run = runAs(actor, orgId);
  switch (form.get("intent")) {
    case "create":
    case "restore": {
      const input = readForm(forms.create, form);
      await run((ctx) => createAnswer(ctx, orgId, input));
      return null;
    }
    case "change": {
      const { answerId, ...change } = readForm(forms.change, form);
      await run((ctx) => changeAnswer(ctx, { orgId, answerId, change }));
      return null;
    }
    case "delete": {
      const { answerId } = readForm(forms.delete, form);
      return { deleted: await run((ctx) => deleteAnswer(ctx, orgId, answerId)) };
    }
    case "try_file":
    case "import": {
      const text = await textOf(form.get("file"));
      const dryRun = form.get("intent") === "try_file";
      return { report: await run((ctx) => importAnswers(ctx, orgId, { text, dryRun })) };
    }
    default:
      throw invalid("invalid");
  }
}
