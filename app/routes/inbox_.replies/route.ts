import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { findProfile, requireMember } from "~/modules/accounts/index.server";
import { countReplyUse, listReplies } from "~/modules/desk/index.server";
import { invalid } from "~/platform/errors";

/** What may be put into an answer, with what it may name of who answers. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const { orgId } = membership;
  const [replies, profile] = await Promise.all([listReplies(actor, orgId), findProfile(request)]);
  const organisation = profile?.organisations.find((one) => one.orgId === orgId)?.name ?? "";
  return Response.json({ orgId, replies, agent: actor.name, organisation });
}

const body = z.strictObject({ reply: z.uuid() });

/** One was put into an answer. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const asked = body.safeParse(await request.json().catch(() => null));
  if (!asked.success) throw invalid("invalid_request");
  await countReplyUse(actor, membership.orgId, asked.data.reply);
  return Response.json({ counted: true });
}
