import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireMember } from "~/modules/accounts/index.server";
import { readNotices } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const body = z.union([
  z.strictObject({ org: z.uuid(), ticket: z.uuid() }),
  z.strictObject({ org: z.uuid(), webhook: z.uuid() }),
]);

/** What there was to know of one ticket, or one webhook, has been read. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor } = await requireMember(request);
  const told = body.safeParse(await request.json().catch(() => null));
  if (!told.success) throw invalid("invalid_request");
  const { org, ...rest } = told.data;
  await readNotices(actor, org, "ticket" in rest ? { ticketId: rest.ticket } : { webhookId: rest.webhook });
  return Response.json({ read: true });
}
