import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { requireAdmin } from "~/modules/accounts/index.server";
import { openDraft } from "~/modules/bots/index.server";
import { act } from "./act.server";

/** A flow's draft as it is stored now. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { revision, draft } = await openDraft(actor, membership.orgId, params.id ?? "");
  return Response.json({ revision, draft });
}

/** An editor saves its draft, or keeps it as a flow of its own. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const told: unknown = await request.json().catch(() => null);
  return Response.json(await act(actor, membership.orgId, params.id ?? "", told));
}
