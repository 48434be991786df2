import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireAdmin } from "~/modules/accounts/index.server";
import { tryHttpNode } from "~/modules/bots/index.server";
import { invalid } from "~/platform/errors";

const body = z.strictObject({
  settings: z.unknown(),
  samples: z.record(z.string().max(300), z.string().max(4_000)).default({}),
});

/** Asks the server of an HTTP step as it is drawn, with sample values: a real request, for who edits bots. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const asked = body.safeParse(await request.json().catch(() => null));
  if (!asked.success) throw invalid("invalid_request");
  const { settings, samples } = asked.data;
  return Response.json(await tryHttpNode(actor, membership.orgId, settings, samples));
}
