import { redirect } from "@remix-run/node";
import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import {
  fields,
  getOrganisation,
  inviteMember,
  mailInvitation,
  orNull,
  type Run,
  readForm,
  removeMember,
  revokeInvitation,
  runAs,
  setAvailability,
  setMemberAreas,
  setMemberCap,
  setMemberRole,
  wholeNumber,
} from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";

const areaIds = z.array(fields.id);
const forms = {
  invite: z.object({ email: orNull(fields.email), role: fields.role, areaIds }),
  member: z.object({
    memberId: fields.id,
    role: fields.role,
    areaIds,
    cap: orNull(wholeNumber).optional(),
    availability: fields.availability.optional(),
  }),
  remove: z.object({ memberId: fields.id }),
  revoke: z.object({ invitationId: fields.id }),
};

const done = (what: string) => redirect(`/admin/members?done=${what}`);

async function invite(run: Run, orgId: string, form: FormData) {
  const input = readForm(forms.invite, form, ["areaIds"]);
  const { email } = input;
  const { made, organisation } = await run(async (ctx) => ({
    made: await inviteMember(ctx, { orgId, ...input }),
    organisation: await getOrganisation(ctx, orgId),
  }));
  const { name, locale } = organisation;
  if (email) await mailInvitation({ orgId, to: email, link: made.link, organisation: name, locale });
  // The link is in this answer and nowhere else.
  return { invited: { link: made.link, email } };
}

/** What the form does not name stays. */
async function changeMember(run: Run, orgId: string, form: FormData): Promise<void> {
  const { memberId, role, areaIds: chosen, cap, availability } = readForm(forms.member, form, ["areaIds"]);
  await run(async (ctx) => {
    await setMemberRole(ctx, { orgId, memberId, role });
    await setMemberAreas(ctx, { orgId, memberId, areaIds: chosen });
    if (cap !== undefined) await setMemberCap(ctx, { orgId, memberId, cap });
    if (availability) await setAvailability(ctx, { orgId, memberId, availability });
  });
}

/** Does what a form of the page asks for within the admin's organisation. @throws AppError of the verb */
export async function act(actor: AccountActor, orgId: string, form: FormData) {
  const run = runAs(actor, orgId);
  const intent = form.get("intent");
  if (intent === "invite") return invite(run, orgId, form);
  if (intent === "member") {
    await changeMember(run, orgId, form);
    return done("saved");
  }
  if (intent === "remove") {
    const { memberId } = readForm(forms.remove, form);
    await run((ctx) => removeMember(ctx, { orgId, memberId }));
    return done("removed");
  }
  if (intent === "revoke") {
    const { invitationId } = readForm(forms.revoke, form);
    await run((ctx) => revokeInvitation(ctx, { orgId, invitationId }));
    return done("revoked");
  }
  throw invalid("invalid");
}
