import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { membershipIn } from "~/modules/accounts";
import { organisationCookie, requireActor, setAvailability } from "~/modules/accounts/index.server";
import { invalid, notFound } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";

const form = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("availability"),
    orgId: z.uuid(),
    availability: z.enum(["available", "away"]),
    /** Who goes away keeps what waits for them, or gives it back. */
    tickets: z.enum(["keep", "return"]).default("keep"),
  }),
  z.object({ intent: z.literal("organisation"), orgId: z.uuid() }),
]);

/** Nothing to see here: the account's menu posts to it. */
export const loader = () => redirect("/");

/** Says whether one takes tickets now, or in which organisation one works. */
export async function action({ request }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const parsed = form.safeParse(Object.fromEntries(await formOf(request)));
  if (!parsed.success) throw invalid("invalid");
  const input = parsed.data;
  const membership = membershipIn(actor, input.orgId);
  if (!membership) throw notFound("organisation");
  if (input.intent === "organisation") {
    return redirect("/inbox", { headers: { "Set-Cookie": organisationCookie(input.orgId) } });
  }
  const { orgId, availability, tickets } = input;
  await transact(actor, { orgId }, (ctx) =>
    setAvailability(ctx, { orgId, memberId: membership.memberId, availability, tickets }),
  );
  return { done: true };
}
