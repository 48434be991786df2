import { redirect } from "@remix-run/node";
import { z } from "zod";
import { chatCharges, guestMessageCharges, throttle } from "~/modules/accounts/index.server";
import { guestCookie, guestOfToken, guestTokens } from "~/modules/contacts/index.server";
import {
  getPublicOrganisation,
  listConversationMessages,
  openGuestConversation,
  sendMessage,
} from "~/modules/tickets/index.server";
import { AppError } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { guestOf } from "./load-chat.server";

const form = z.object({
  text: z.string().max(32_768).optional(),
  /** A choice of the bot's, by its id. */
  choice: z.string().max(300).optional(),
  client_id: z.uuid(),
  visitor: z.uuid(),
  area: z.string().max(100).optional(),
  ref: z.string().max(200).optional(),
});

export type ChatActionData = { code: string };

/** A message from the public chat's form; the first one opens the conversation. */
export async function actOnChat(request: Request, handle: string, address: string): Promise<Response | ChatActionData> {
  const parsed = form.safeParse(Object.fromEntries(await formOf(request)));
  if (!parsed.success) return { code: "invalid" };
  const input = parsed.data;
  const framed = new URL(request.url).searchParams.has("widget");
  const organisation = await getPublicOrganisation(handle);
  const known = await guestOf(request, organisation.id);
  try {
    await throttle(known ? guestMessageCharges(known, address) : chatCharges(address));
    const door = known
      ? null
      : await openGuestConversation(handle, { area: input.area, ref: input.ref, visitor: input.visitor });
    const guest = known ?? (await guestOfToken(door?.token ?? ""));
    if (!guest) return { code: "unexpected" };
    const text = input.choice ? await labelOf(guest, input.choice) : input.text;
    await sendMessage(guest, {
      conversationId: guest.conversationId,
      clientId: input.client_id,
      text: text ?? "",
      visibility: "public",
    });
    const kept = guestTokens(request.headers.get("Cookie"));
    const headers = door ? { "set-cookie": guestCookie([door.token, ...kept], framed) } : undefined;
    return redirect(`/c/${organisation.handle}${framed ? "?widget=1" : ""}#end`, { headers });
  } catch (error) {
    if (error instanceof AppError && error.expected) return { code: error.code };
    throw error;
  }
}

/** The words of a choice that was shown, which is what the customer says by picking it. */
async function labelOf(
  guest: NonNullable<Awaited<ReturnType<typeof guestOfToken>>>,
  choiceId: string,
): Promise<string | undefined> {
  const page = await listConversationMessages(guest, guest.conversationId, { limit: 100 });
  const shown = page.messages.flatMap((message) => message.choices);
  return shown.findLast((choice) => choice.id === choiceId)?.label;
}
