import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { toMessage } from "~/modules/messaging/index.server";
import { changeText, react, requireReader, takeBack } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const change = z.discriminatedUnion("do", [
  z.object({ do: z.literal("edit"), text: z.string() }),
  z.object({ do: z.literal("delete") }),
  z.object({ do: z.literal("react"), emoji: z.string(), on: z.boolean() }),
]);

/** Changes one message of an open conversation; the same verbs as the socket's `edit`, `delete` and `react`. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { id = "", messageId = "" } = params;
  const actor = await requireReader(request, id);
  const body = change.safeParse(await request.json().catch(() => null));
  if (!body.success) throw invalid("invalid_request");
  const asked = body.data;
  const row = await (asked.do === "edit"
    ? changeText(actor, messageId, asked.text)
    : asked.do === "delete"
      ? takeBack(actor, messageId)
      : react(actor, messageId, asked.emoji, asked.on));
  return Response.json({ message: toMessage(row) });
}
