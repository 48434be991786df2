import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import {
  organisationChange,
  orNull,
  readForm,
  runAs,
  updateOrganisation,
  wholeNumber,
} from "~/modules/accounts/index.server";

const { shape } = organisationChange;
const form = z.object({
  name: shape.name.unwrap(),
  handle: shape.handle.unwrap(),
  locale: shape.locale.unwrap(),
  timeZone: shape.timeZone.unwrap(),
  region: shape.region.unwrap(),
  colour: orNull(z.string()),
  autoAwayMinutes: orNull(wholeNumber),
});

/** Changes the admin's organisation as the form says. @throws AppError */
export async function act(actor: AccountActor, orgId: string, sent: FormData): Promise<void> {
  const change = readForm(form, sent);
  await runAs(actor, orgId)((ctx) => updateOrganisation(ctx, { orgId, change }));
}
