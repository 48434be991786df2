import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { readForm, runAs, updateOrganisation } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";

const lines = z.string().transform((text) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== ""),
);
const forms = {
  reasons: z.object({ closingReasons: lines }),
  thanks: z.object({ guard: z.literal("on").optional(), closingList: lines }),
};

/** Changes why tickets are closed, or what counts as thanks, as a form says. @throws AppError */
export async function act(actor: AccountActor, orgId: string, form: FormData): Promise<void> {
  const change = changeOf(form);
  await runAs(actor, orgId)((ctx) => updateOrganisation(ctx, { orgId, change }));
}

function changeOf(form: FormData) {
  const intent = form.get("intent");
  if (intent === "reasons") {
    return readForm(forms.reasons, form);
  }
  if (intent === "thanks") {
    const { guard, closingList } = readForm(forms.thanks, form);
    return { closingList: guard ? closingList : null };
  }
  throw invalid("invalid");
}
