import { randomUUID } from "node:crypto";
import { guestOfToken, guestTokens } from "~/modules/contacts/index.server";
import { getPublicOrganisation, getThread } from "~/modules/tickets/index.server";

/** A guest of this organisation's chat, as this browser's secrets say. */
export async function guestOf(request: Request, orgId: string) {
  for (const token of guestTokens(request.headers.get("Cookie"))) {
    const guest = await guestOfToken(token);
    if (guest?.orgId === orgId) return guest;
  }
  return null;
}

/** What the public chat shows: the organisation, and the conversation if this browser has one. Reads only. */
export async function loadChat(request: Request, handle: string) {
  const organisation = await getPublicOrganisation(handle);
  const guest = await guestOf(request, organisation.id);
  const query = new URL(request.url).searchParams;
  const { id: _, widgetSites: __, ...shown } = organisation;
  return {
    frameSites: organisation.widgetSites,
    organisation: shown,
    thread: guest ? await getThread(guest, guest.conversationId) : null,
    /** Names this page's first message, so that a form sent twice opens one conversation. */
    visitor: randomUUID(),
    client_id: randomUUID(),
    entry: {
      area: query.get("area")?.slice(0, 100) ?? "",
      ref: query.get("ref")?.slice(0, 200) ?? "",
      text: query.get("text")?.slice(0, 2_000) ?? "",
    },
  };
}
