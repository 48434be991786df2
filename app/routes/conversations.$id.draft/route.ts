import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireActor } from "~/modules/accounts/index.server";
import { getDraft, saveDraft } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

/** What the account has begun to write in a conversation. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  return Response.json(await getDraft(await requireActor(request), params.id ?? ""));
}

const written = z.object({ text: z.string(), reply_to: z.uuid().nullish(), updated_at: z.iso.datetime() });

/** Keeps it; an empty text takes it away. */
export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const body = written.safeParse(await request.json().catch(() => null));
  if (!body.success) throw invalid("invalid_request");
  const { text, reply_to: replyTo, updated_at: at } = body.data;
  return Response.json(await saveDraft(actor, params.id ?? "", { text, replyTo, updatedAt: new Date(at) }));
}
