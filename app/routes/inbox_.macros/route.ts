import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { requireMember } from "~/modules/accounts/index.server";
import { getMacroDesk } from "~/modules/desk/index.server";
import { act } from "./act.server";

/** The macros that may be run in an organisation, and of what they speak. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const orgId = new URL(request.url).searchParams.get("org") ?? membership.orgId;
  return Response.json({ ...(await getMacroDesk(actor, orgId)), agent: actor.name });
}

/** Macros are kept, changed and run by what the screens say. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor } = await requireMember(request);
  return Response.json(await act(actor, await request.json().catch(() => null)));
}
