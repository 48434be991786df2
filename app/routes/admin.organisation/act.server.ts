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
import { removeLogo, setLogo } from "~/modules/files/index.server";
import { invalid } from "~/platform/errors";

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

async function pictureOf(sent: FormDataEntryValue | null): Promise<Buffer> {
  if (!(sent instanceof Blob) || sent.size === 0) throw invalid("picture_missing", { field: "logo" });
  return Buffer.from(await sent.arrayBuffer());
}

/** Changes the admin's organisation as the form says. @throws AppError */
export async function act(actor: AccountActor, orgId: string, sent: FormData): Promise<void> {
  if (sent.get("intent") === "removeLogo") return removeLogo(actor, orgId);
  if (sent.get("intent") === "logo") return setLogo(actor, { orgId, picture: await pictureOf(sent.get("logo")) });
  const change = readForm(form, sent);
  await runAs(actor, orgId)((ctx) => updateOrganisation(ctx, { orgId, change }));
}
