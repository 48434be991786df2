import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireAdmin } from "~/modules/accounts/index.server";
import { compileDrawn, findForTrial } from "~/modules/bots/index.server";
import { invalid } from "~/platform/errors";

const body = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("compile"), flow: z.unknown() }),
  z.strictObject({ intent: z.literal("ask"), input: z.unknown() }),
]);

/** What a trial of a flow needs of the server: what would run of it, and the organisation's answers to a question. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const asked = body.safeParse(await request.json().catch(() => null));
  if (!asked.success) throw invalid("invalid_request");
  const at = [actor, membership.orgId, params.id ?? ""] as const;
  if (asked.data.intent === "compile") return Response.json({ flow: await compileDrawn(...at, asked.data.flow) });
  return Response.json(await findForTrial(...at, asked.data.input));
}
