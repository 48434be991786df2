import { eq } from "drizzle-orm";
import { type Capability, type CapabilityInput, capability } from "~/modules/channels";
import type { ConversationRow } from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import type { TicketRow } from "../reading/summarise.server";

type Of = Pick<TicketRow, "id" | "contactId" | "channelId">;

/** What may go out to a ticket's customer now, written by whom (R19), with the channel that would carry it. */
export async function replyStanding(
  tx: Tx,
  author: CapabilityInput["author"],
  ticket: Of,
  { lastInboundAt }: Pick<ConversationRow, "lastInboundAt">,
  now: Date,
) {
  const { organisation, channel, contact } = schema;
  const [at] = await tx
    .select({ organisation, channel, blockedAt: contact.blockedAt })
    .from(channel)
    .innerJoin(organisation, eq(organisation.id, channel.orgId))
    .innerJoin(contact, eq(contact.id, ticket.contactId))
    .where(eq(channel.id, ticket.channelId));
  if (!at) throw new Error(`ticket ${ticket.id} is out of scope`);
  const connected = at.channel.health === "ok" && at.channel.disabledAt === null;
  const { kind } = at.channel;
  const allowed: Capability = capability({
    kind,
    lastInboundAt,
    now,
    author,
    blocked: at.blockedAt !== null,
    connected,
  });
  return { organisation: at.organisation, channel: at.channel, allowed };
}
