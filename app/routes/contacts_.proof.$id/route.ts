import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireAdmin } from "~/modules/accounts/index.server";
import { getErasure, proofLines } from "~/modules/tickets/index.server";
import { notFound } from "~/platform/errors";

/** What was deleted of a person, as text to be kept, with its digest. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const done = await getErasure(actor, orgId, params.id ?? "");
  if (!done.done_at) throw notFound("erasure");
  const text = proofLines({
    ...{ id: done.id, orgId, contactId: done.contact_id, removed: done.removed ?? {} },
    requestedAt: new Date(done.requested_at),
    doneAt: new Date(done.done_at),
  });
  return new Response(`${text}\nsha256 ${done.proof}\n`, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="erasure-${done.id}.txt"`,
      "Cache-Control": "no-store",
    },
  });
}
