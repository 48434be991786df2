import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { accountMessageCharges, clientOf, guestMessageCharges, throttle } from "~/modules/accounts/index.server";
import { LARGEST_NUMBER } from "~/modules/messaging";
import { toMessage } from "~/modules/messaging/index.server";
import { listConversationMessages, requireReader, sendMessage } from "~/modules/tickets/index.server";
import { invalid, unauthorized } from "~/platform/errors";

const place = z.coerce.number().int().min(0).max(LARGEST_NUMBER).optional();
const page = z.object({
  before_seq: place,
  after_seq: place,
  around_seq: place,
  ids: z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(z.uuid()).max(50))
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(60),
});

/** Earlier or later messages of an open conversation, those around one, or single ones by their ids. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = params.id ?? "";
  const actor = await requireReader(request, id);
  const asked = page.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw invalid("invalid_request");
  const { before_seq: beforeSeq, after_seq: afterSeq, around_seq: aroundSeq, ids, limit } = asked.data;
  return Response.json(await listConversationMessages(actor, id, { beforeSeq, afterSeq, aroundSeq, ids, limit }));
}

const sent = z.object({
  client_id: z.uuid(),
  text: z.string(),
  attachments: z.array(z.uuid()).max(32).optional(),
  visibility: z.enum(["public", "staff"]).default("public"),
  reply_to: z.uuid().nullish(),
  /** Ids of people of a group whom the writer picked to call; those who are not in it are called by nobody. */
  mentions: z.array(z.string().max(36)).max(50).optional(),
  based_on_seq: z.number().int().nullish(),
  /** The account that wrote it, where a page sends what waited in it: somebody else may have signed in meanwhile. */
  as: z.uuid().optional(),
});

/** Sends where no socket can be opened; the same verb as the socket's `send`. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const id = params.id ?? "";
  const actor = await requireReader(request, id);
  const body = sent.safeParse(await request.json().catch(() => null));
  if (!body.success) throw invalid("invalid_request");
  const { client_id: clientId, reply_to: replyTo, based_on_seq: basedOnSeq, as, ...content } = body.data;
  if (as !== undefined && !(actor.kind === "account" && actor.accountId === as)) throw unauthorized();
  if (actor.kind === "guest") await throttle(guestMessageCharges(actor, clientOf(request, context).address));
  else if (actor.kind === "account") await throttle(accountMessageCharges(actor.accountId));
  const result = await sendMessage(actor, { ...content, conversationId: id, clientId, replyTo, basedOnSeq });
  return Response.json({ message: toMessage(result.row), dedup: result.dedup });
}
