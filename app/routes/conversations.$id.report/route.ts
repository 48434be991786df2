import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { asFormProblem, orNull, readForm, requireActor } from "~/modules/accounts/index.server";
import { REPORT_REASONS } from "~/modules/chats";
import { reportChat } from "~/modules/chats/index.server";
import { formOf } from "~/platform/form-of.server";

const report = z.object({
  reason: z.enum(REPORT_REASONS),
  note: z.string().default(""),
  message: orNull(z.string()).default(null),
  block: z.string().optional(),
});

/** Nothing to see: the dialog is in the chat. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireActor(request);
  return redirect(`/chats/${params.id ?? ""}`);
}

/** Takes a report about a chat or a message of it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  try {
    const { message, block, ...words } = readForm(report, await formOf(request));
    const conversationId = params.id ?? "";
    await reportChat(actor, { conversationId, messageId: message, ...words, block: block !== undefined });
    return { problem: null };
  } catch (error) {
    const refused = asFormProblem(error);
    return Response.json(refused.data, refused.init ?? undefined);
  }
}
