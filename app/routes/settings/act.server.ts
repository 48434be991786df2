import { redirect } from "@remix-run/node";
import { z } from "zod";
import { languages } from "~/i18n/languages";
import type { AccountActor } from "~/modules/accounts";
import { membershipIn } from "~/modules/accounts";
import {
  activeMembership,
  changePassword,
  clientOf,
  fields,
  languageCookie,
  organisationCookie,
  orNull,
  readForm,
  readNoticeChoice,
  removeMember,
  revokeOtherSessions,
  revokeSession,
  setAvailability,
  setNoticeChoice,
  setReachability,
  updateProfile,
} from "~/modules/accounts/index.server";
import { setPresenceShown } from "~/modules/chats/index.server";
import { invalid, notFound } from "~/platform/errors";
import { transact } from "~/platform/transact.server";

const done = (what: string, headers?: HeadersInit) => redirect(`/settings?done=${what}#${what}`, { headers });

const forms = {
  profile: z.object({ name: fields.personName, locale: orNull(z.enum(languages, { message: "invalid" })) }),
  reach: z.object({ handle: orNull(z.string().max(60)), findable: z.string().optional() }),
  presence: z.object({ shows: z.string().optional() }),
  password: z.object({ currentPassword: fields.password, password: fields.password }),
  revoke: z.object({ sessionId: fields.id }),
  organisation: z.object({ orgId: fields.id }),
  availability: z.object({ orgId: fields.id, availability: fields.availability }),
};

type Act = (actor: AccountActor, form: FormData, request: Request, context: unknown) => Promise<Response>;

const memberIn = (actor: AccountActor, orgId: string) => {
  const membership = membershipIn(actor, orgId);
  if (!membership) throw notFound("organisation");
  return membership;
};
const activeIn = (request: Request, actor: AccountActor) =>
  memberIn(actor, activeMembership(request, actor)?.orgId ?? "");
const scopeOf = (actor: AccountActor, orgId?: string) => ({ orgId, accountId: actor.accountId });

const acts: Record<string, Act> = {
  async profile(actor, form) {
    const input = readForm(forms.profile, form);
    await transact(actor, scopeOf(actor), (ctx) => updateProfile(ctx, input));
    return done("profile", { "Set-Cookie": languageCookie(input.locale) });
  },
  async reach(actor, form) {
    const { handle, findable } = readForm(forms.reach, form);
    await setReachability(actor, { handle, findable: findable !== undefined });
    return done("reach");
  },
  async presence(actor, form) {
    await setPresenceShown(actor, readForm(forms.presence, form).shows !== undefined);
    return done("presence");
  },
  async notices(actor, form, request) {
    const { orgId } = activeIn(request, actor);
    const choice = readNoticeChoice(form);
    await transact(actor, scopeOf(actor, orgId), (ctx) => setNoticeChoice(ctx, { orgId, choice }));
    return done("notices");
  },
  async noticesOfAll(actor, _, request) {
    const { orgId } = activeIn(request, actor);
    await transact(actor, scopeOf(actor, orgId), (ctx) => setNoticeChoice(ctx, { orgId, choice: null }));
    return done("notices");
  },
  async password(actor, form, request, context) {
    const { currentPassword, password } = readForm(forms.password, form);
    const client = clientOf(request, context);
    const { setCookie } = await changePassword(actor, { currentPassword, newPassword: password, client });
    return done("password", { "Set-Cookie": setCookie });
  },
  async revoke(actor, form) {
    await revokeSession(actor, readForm(forms.revoke, form).sessionId);
    return done("devices");
  },
  async "revoke-others"(actor) {
    await revokeOtherSessions(actor);
    return done("devices");
  },
  async switch(actor, form) {
    const { orgId } = memberIn(actor, readForm(forms.organisation, form).orgId);
    return redirect("/", { headers: { "Set-Cookie": organisationCookie(orgId) } });
  },
  async availability(actor, form) {
    const { orgId, availability } = readForm(forms.availability, form);
    const { memberId } = memberIn(actor, orgId);
    await transact(actor, scopeOf(actor, orgId), (ctx) => setAvailability(ctx, { orgId, memberId, availability }));
    return redirect("/settings#organisations");
  },
  async leave(actor, form) {
    const { orgId, memberId } = memberIn(actor, readForm(forms.organisation, form).orgId);
    await transact(actor, scopeOf(actor, orgId), (ctx) => removeMember(ctx, { orgId, memberId }));
    return redirect("/settings?done=left#organisations");
  },
};

/** Does what a form of the settings asks for; answers where to go on. @throws AppError of the verb */
export function act(actor: AccountActor, form: FormData, request: Request, context: unknown): Promise<Response> {
  const intent = String(form.get("intent"));
  // What every object has, such as `constructor`, is no act.
  const chosen = Object.hasOwn(acts, intent) ? acts[intent] : undefined;
  if (!chosen) throw invalid("invalid");
  return chosen(actor, form, request, context);
}
