import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireMember } from "~/modules/accounts/index.server";
import { createView, deleteView, listViews, updateView } from "~/modules/desk/index.server";
import { invalid } from "~/platform/errors";

/** The saved filters, each with how many tickets it holds now. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const orgId = new URL(request.url).searchParams.get("org") ?? membership.orgId;
  return Response.json({ views: await listViews(actor, orgId) });
}

const name = z.string().max(200);
const filter = z.string().max(2_000);
const position = z.int().min(0).max(1_000).optional();

const body = z.discriminatedUnion("intent", [
  z.strictObject({
    intent: z.literal("create"),
    org: z.uuid(),
    name,
    filter,
    shared: z.boolean().optional(),
    position,
  }),
  z.strictObject({
    intent: z.literal("update"),
    org: z.uuid(),
    view: z.uuid(),
    name: name.optional(),
    filter: filter.optional(),
    position,
  }),
  z.strictObject({ intent: z.literal("delete"), org: z.uuid(), view: z.uuid() }),
]);

/** Saves a filter, renames or moves it, or forgets it. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor } = await requireMember(request);
  const asked = body.safeParse(await request.json().catch(() => null));
  if (!asked.success) throw invalid("invalid_request");
  const { org: orgId } = asked.data;
  switch (asked.data.intent) {
    case "create":
      return Response.json(await createView(actor, orgId, asked.data));
    case "update":
      return Response.json(await updateView(actor, orgId, asked.data.view, asked.data));
    case "delete":
      return Response.json(await deleteView(actor, orgId, asked.data.view));
  }
}
