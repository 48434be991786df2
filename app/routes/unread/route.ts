import type { LoaderFunctionArgs } from "@remix-run/node";
import { activeMembership, requireActor } from "~/modules/accounts/index.server";
import { listChats } from "~/modules/chats/index.server";
import { listAccountChats, listTickets } from "~/modules/tickets/index.server";
import { isUnread } from "~/modules/tickets/ui/inbox-list";

/** More than so many are shown as so many. */
const MOST = 100;

/** In how many chats, and in how many of one's own tickets, there is something to read. */
export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const orgId = activeMembership(request, actor)?.orgId;
  const [people, organisations, mine] = await Promise.all([
    listChats(actor),
    listAccountChats(actor),
    orgId ? listTickets(actor, orgId, { view: "mine" }, { limit: MOST }) : null,
  ]);
  const chats = people.filter(({ unread, muted, archived }) => unread > 0 && !muted && !archived).length;
  const asCustomer = organisations.filter(({ unread }) => unread > 0).length;
  return Response.json({
    chats: chats + asCustomer,
    tickets:
      mine?.tickets.filter((one) => isUnread(one, new Map([[one.conversation_id, one.read_seq ?? 0]]))).length ?? 0,
  });
}
