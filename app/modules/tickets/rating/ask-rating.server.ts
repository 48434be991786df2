import { eq } from "drizzle-orm";
import { type Capability, capability } from "~/modules/channels";
import type { ConversationRow } from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { schema } from "~db/index.server";
import type { TicketContext } from "../desk/change-ticket.server";
import { sendToCustomer } from "../desk/send-to-customer.server";
import type { TicketRow } from "../reading/summarise.server";
import { RATING_CHOICES, ratingWords } from "./rating-words";

/**
 * Asks a ticket's customer how it was, right before it is closed (R7). The conversation is locked.
 * @throws AppError `reply_not_allowed` (422) with what the channel allows now (R19)
 */
export async function askRating(
  ctx: TicketContext,
  conversation: ConversationRow,
  ticket: TicketRow,
): Promise<{ ratingAskedAt: Date }> {
  const at = await standingOf(ctx.tx, ticket, conversation, ctx.now);
  const { allowed } = at;
  if (allowed.mode !== "free") throw new AppError("reply_not_allowed", 422, { data: allowed });
  const { question, button } = ratingWords(at.organisation.locale);
  await sendToCustomer(
    ctx,
    conversation,
    at.channel,
    {
      author: { kind: "system", id: null, name: at.organisation.name },
      kind: "rating",
      text: question,
      payload: { choices: RATING_CHOICES },
      ticketId: ticket.id,
    },
    {
      content: {
        type: "list",
        text: question,
        button,
        sections: [{ rows: RATING_CHOICES.map(({ id, label }) => ({ id, title: label })) }],
      },
    },
  );
  return { ratingAskedAt: ctx.now };
}

type Asked = Pick<TicketRow, "id" | "contactId" | "channelId">;

/** Whether a closing now could ask it: the page offers only what the channel would carry. */
export async function mayAskRating(
  tx: Tx,
  ticket: Asked,
  conversation: Pick<ConversationRow, "lastInboundAt">,
  now: Date,
): Promise<boolean> {
  return (await standingOf(tx, ticket, conversation, now)).allowed.mode === "free";
}

async function standingOf(tx: Tx, ticket: Asked, { lastInboundAt }: Pick<ConversationRow, "lastInboundAt">, now: Date) {
  const { organisation, channel, contact } = schema;
  const [at] = await tx
    .select({ organisation, channel, contact })
    .from(channel)
    .innerJoin(organisation, eq(organisation.id, channel.orgId))
    .innerJoin(contact, eq(contact.id, ticket.contactId))
    .where(eq(channel.id, ticket.channelId));
  if (!at) throw new Error(`ticket ${ticket.id} is out of scope`);
  const allowed: Capability = capability({
    kind: at.channel.kind,
    lastInboundAt,
    now,
    author: "bot",
    blocked: at.contact.blockedAt !== null,
    connected: at.channel.health === "ok" && at.channel.disabledAt === null,
  });
  return { ...at, allowed };
}
