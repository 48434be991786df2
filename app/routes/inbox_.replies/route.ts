import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { findProfile, requireMember } from "~/modules/accounts/index.server";
import { listReplies } from "~/modules/desk/index.server";
import { act } from "./act.server";

/** What may be put into an answer, with what it may name of who answers. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const orgId = new URL(request.url).searchParams.get("org") ?? membership.orgId;
  const [replies, profile] = await Promise.all([listReplies(actor, orgId), findProfile(request)]);
  const organisation = profile?.organisations.find((one) => one.orgId === orgId)?.name ?? "";
  return Response.json({ orgId, replies, agent: actor.name, organisation });
}

/** The replies are kept, changed and used by what the screens say. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor } = await requireMember(request);
  return Response.json(await act(actor, await request.json().catch(() => null)));
}
