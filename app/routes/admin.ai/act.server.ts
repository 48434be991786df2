import { z } from "zod";
import { languages } from "~/i18n/languages";
import type { AccountActor } from "~/modules/accounts";
import { readForm, runAs, wholeNumber } from "~/modules/accounts/index.server";
import { setAiEndpoint, tryAi } from "~/modules/bots/index.server";
import { invalid } from "~/platform/errors";

const MILLION = 1_000_000;

/** An amount of the organisation's currency as people write it, in its millionths. */
const amount = z
  .string("out_of_range")
  .trim()
  .regex(/^\d{1,7}([.,]\d{1,6})?$/, "out_of_range")
  .transform((text) => Math.round(Number(text.replace(",", ".")) * MILLION));

const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

const settings = z.object({
  enabled: ticked,
  baseUrl: z.string(),
  model: z.string(),
  secret: z.string().max(1_000),
  forget: ticked,
  timeoutSeconds: wholeNumber,
  mostTokens: wholeNumber,
  priceIn: amount,
  priceOut: amount,
  monthCost: amount,
  monthQuestions: wholeNumber,
});
const trial = z.object({
  text: z.string().trim().min(1, "text_empty").max(500),
  language: z.enum(languages, "invalid"),
});

/** Does what a form of the page asks for; a trial comes back with its answer. @throws AppError */
export async function act(actor: AccountActor, orgId: string, form: FormData) {
  switch (form.get("intent")) {
    case "save": {
      const { secret, forget, ...given } = readForm(settings, form);
      const written = secret.trim();
      const key = written !== "" ? { key: written } : forget ? { key: null } : {};
      await runAs(actor, orgId)((ctx) => setAiEndpoint(ctx, orgId, { ...given, ...key }));
      return null;
    }
    case "try": {
      const asked = readForm(trial, form);
      return { asked, result: await tryAi(actor, orgId, asked) };
    }
    default:
      throw invalid("invalid");
  }
}
