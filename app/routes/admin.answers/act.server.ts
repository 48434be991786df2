import { z } from "zod";
import { languages } from "~/i18n/languages";
import type { AccountActor } from "~/modules/accounts";
import { fields, readForm, runAs } from "~/modules/accounts/index.server";
import type { FaqAnswer } from "~/modules/bots";
import { changeAnswer, createAnswer, deleteAnswer } from "~/modules/bots/index.server";
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

/** Does what a form of the page asks for; a deleted answer comes back, to be taken back. @throws AppError */
export async function act(actor: AccountActor, orgId: string, form: FormData): Promise<FaqAnswer | null> {
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
      return run((ctx) => deleteAnswer(ctx, orgId, answerId));
    }
    default:
      throw invalid("invalid");
  }
}
