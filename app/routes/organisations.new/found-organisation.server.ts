import { z } from "zod";
import type { Language } from "~/i18n/languages";
import type { AccountActor } from "~/modules/accounts";
import { fields, organisationCharges, readForm, throttle } from "~/modules/accounts/index.server";
import { setUpOrganisation } from "~/modules/bots/index.server";

const asked = z.object({ name: fields.organisationName, handle: z.string("handle_malformed").trim().toLowerCase() });

/**
 * The organisation that a form asks for, with the actor as its first admin and all it needs to be written to.
 * @throws AppError of the form's fields, `handle_taken` (409), `too_many_requests`
 */
export async function foundOrganisation(
  actor: AccountActor,
  form: FormData,
  locale: Language,
): Promise<{ orgId: string }> {
  const { name, handle } = readForm(asked, form);
  await throttle(organisationCharges(actor.accountId));
  return setUpOrganisation(actor, { handle, name, locale });
}
