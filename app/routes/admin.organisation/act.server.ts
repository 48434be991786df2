import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { organisationChange, orNull, readForm, updateOrganisation } from "~/modules/accounts/index.server";
import { transact } from "~/platform/transact.server";

const { shape } = organisationChange;
const form = z.object({
  name: shape.name.unwrap(),
  handle: shape.handle.unwrap(),
  locale: shape.locale.unwrap(),
  timeZone: shape.timeZone.unwrap(),
  region: shape.region.unwrap(),
  colour: orNull(z.string()),
  autoAwayMinutes: orNull(z.coerce.number("out_of_range")),
});

/** Changes the admin's organisation as the form says. @throws AppError */
export async function act(actor: AccountActor, orgId: string, sent: FormData): Promise<void> {
  const change = readForm(form, sent);
  await transact(actor, { orgId, accountId: actor.accountId }, (ctx) => updateOrganisation(ctx, { orgId, change }));
}
