import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireMember } from "~/modules/accounts/index.server";
import { readNotices } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const body = z.strictObject({ org: z.uuid(), ticket: z.uuid() });

/** What there was to know of one ticket has been read. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor } = await requireMember(request);
  const told = body.safeParse(await request.json().catch(() => null));
  if (!told.success) throw invalid("invalid_request");
  await readNotices(actor, told.data.org, told.data.ticket);
  return Response.json({ read: true });
}
