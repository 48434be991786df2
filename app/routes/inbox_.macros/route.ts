import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { findProfile, requireMember } from "~/modules/accounts/index.server";
import { listMacros } from "~/modules/desk/index.server";
import { listAreas, listAssignees } from "~/modules/tickets/index.server";
import { act } from "./act.server";

/** The macros that may be run in an organisation, with the names of what they speak of. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const orgId = new URL(request.url).searchParams.get("org") ?? membership.orgId;
  const [macros, areas, people, profile] = await Promise.all([
    listMacros(actor, orgId),
    listAreas(actor, orgId),
    listAssignees(actor, orgId),
    findProfile(request),
  ]);
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  const organisation = profile?.organisations.find((one) => one.orgId === orgId)?.name ?? "";
  return Response.json({
    macros,
    areas: areas.map(named),
    members: people.map(named),
    agent: actor.name,
    organisation,
  });
}

/** Macros are kept, changed and run by what the screens say. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor } = await requireMember(request);
  return Response.json(await act(actor, await request.json().catch(() => null)));
}
