import type { LoaderFunctionArgs } from "@remix-run/node";
import { membershipIn } from "~/modules/accounts";
import { requireActor } from "~/modules/accounts/index.server";
import { listChats } from "~/modules/chats/index.server";
import { searchContacts, searchTickets } from "~/modules/search/index.server";
import { notFound } from "~/platform/errors";

const MOST = 6;
const LONGEST = 200;
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Tickets and contacts of an organisation, and chats of the account, by a part of their names or numbers. */
export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const asked = new URL(request.url).searchParams;
  const q = (asked.get("q") ?? "").trim().slice(0, LONGEST);
  const org = asked.get("org");
  if (org && !membershipIn(actor, org)) throw notFound("organisation");
  if (q === "") return Response.json({ found: [] });
  const [tickets, contacts, chats] = await Promise.all([
    org ? searchTickets(actor, org, { q, limit: MOST }) : null,
    org ? searchContacts(actor, org, { q, limit: MOST }) : null,
    listChats(actor),
  ]);
  const named = chats.filter(({ title, archived }) => !archived && plain(title).includes(plain(q)));
  const found = [
    ...(tickets?.tickets ?? []).map(({ id, number, contact, area }) => {
      return { kind: "ticket", id, to: `/inbox/${id}`, name: `#${number} ${contact.name}`, about: area.name };
    }),
    ...(contacts?.contacts ?? []).map(({ id, name, phone, email }) => {
      return { kind: "contact", id, to: `/contacts/${id}`, name, about: phone ?? email ?? "" };
    }),
    ...named.slice(0, MOST).map(({ id, title, other }) => {
      return { kind: "chat", id, to: `/chats/${id}`, name: title, about: other?.handle ? `@${other.handle}` : "" };
    }),
  ];
  return Response.json({ found });
}
