import { and, asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { SYSTEM } from "~/modules/accounts";
import type { Address, OutboundContent, Receipt } from "~/modules/channels";
import { DRIVERS, openOrNull, providerHttp } from "~/modules/channels/index.server";
import { addAddresses } from "~/modules/contacts/index.server";
import { asSystem } from "~/platform/db.server";
import { defineJob, enqueue, type JobDefinition } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { applyDelivery, applyParked, lockExternalId } from "./apply-delivery.server";
import type { MessageRow } from "./rows.server";

/** How long one attempt may hold a row; over it, nobody knows whether the message left. */
const LEASE_MS = 60_000;
/** How often one row is tried, and how long after it was written. */
const MAX_ATTEMPTS = 12;
const MAX_AGE_MS = 24 * 3600_000;
/** While a channel is stopped (token refused), its queue is looked at again this often. */
const STOPPED_RETRY_MS = 15 * 60_000;

type OutboxRow = typeof schema.outbox.$inferSelect;
type Claimed = {
  row: OutboxRow;
  message: MessageRow;
  channel: typeof schema.channel.$inferSelect;
  addresses: Address[];
  replyToExternalId: string | null;
};
type Claim = { claimed: Claimed } | { waitUntil: Date } | { lost: OutboxRow } | null;

const { outbox, message: messages, channel: channels, conversation, identityAddress } = schema;

/**
 * Sends what waits of one conversation, in order and one at a time: the next leaves when the one before has left, or
 * has failed for good. A row whose sender died is not sent again, since it may have arrived: it becomes `unknown`,
 * until the provider's mark tells.
 */
export const deliverOutbox: JobDefinition<{ conversationId: string }> = defineJob({
  name: "deliver-outbox",
  lane: "outbound",
  payload: z.object({ conversationId: z.uuid() }),
  maxAttempts: 10,
  async run({ conversationId }, { signal }) {
    while (!signal.aborted) {
      const claim = await claimHead(conversationId);
      if (!claim) return;
      if ("waitUntil" in claim) return wakeAt(conversationId, claim.waitUntil);
      if ("lost" in claim) {
        await settleUnknown(claim.lost);
        continue;
      }
      const receipt = await attempt(claim.claimed);
      await settle(claim.claimed, receipt);
    }
    // A job that ends well is forgotten; one that gives up while there may be more must be given back.
    signal.throwIfAborted();
  },
});

const wakeAt = (conversationId: string, at: Date) =>
  asSystem("look at the outbox again", (tx) =>
    enqueue(tx, deliverOutbox, { conversationId }, { runAt: at, key: `deliver:${conversationId}` }),
  );

function claimHead(conversationId: string): Promise<Claim> {
  return asSystem("claim the head of an outbox", async (tx, now) => {
    const [row] = await tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.conversationId, conversationId), inArray(outbox.state, ["waiting", "sending"])))
      .orderBy(asc(outbox.seq), asc(outbox.part))
      .limit(1)
      .for("update");
    if (!row) return null;
    if (row.state === "sending") {
      if (row.leasedUntil && row.leasedUntil > now) return { waitUntil: row.leasedUntil };
      return { lost: row };
    }
    if (row.nextAt > now) return { waitUntil: row.nextAt };
    const leasedUntil = new Date(now.getTime() + LEASE_MS);
    const attempts = row.attempts + 1;
    await tx.update(outbox).set({ state: "sending", attempts, leasedUntil }).where(eq(outbox.id, row.id));
    const [found] = await tx
      .select({ message: messages, channel: channels, identityId: conversation.identityId })
      .from(messages)
      .innerJoin(conversation, eq(conversation.id, messages.conversationId))
      .innerJoin(channels, eq(channels.id, row.channelId))
      .where(eq(messages.id, row.messageId));
    if (!found) throw new Error(`outbox row ${row.id} without message`);
    const addresses = await tx
      .select({ kind: identityAddress.kind, key: identityAddress.key, raw: identityAddress.raw })
      .from(identityAddress)
      .where(eq(identityAddress.identityId, found.identityId ?? ""));
    const [quoted] = found.message.replyTo
      ? await tx.select({ id: messages.externalId }).from(messages).where(eq(messages.id, found.message.replyTo))
      : [];
    return {
      claimed: {
        row: { ...row, attempts },
        message: found.message,
        channel: found.channel,
        addresses: addresses as Address[],
        replyToExternalId: row.part === 0 ? (quoted?.id ?? null) : null,
      },
    };
  });
}

async function attempt({ row, message, channel, addresses, replyToExternalId }: Claimed): Promise<Receipt> {
  const driver = DRIVERS[channel.kind];
  if (driver.delivery !== "provider" || !channel.sealedSettings || channel.disabledAt) {
    return {
      outcome: "failed",
      reason: "request",
      code: "not_connected",
      text: "The channel cannot send.",
      retry: "no",
    };
  }
  const settings = openOrNull(channel.sealedSettings, { orgId: channel.orgId, channelId: channel.id });
  if (!settings) {
    return {
      outcome: "failed",
      reason: "auth",
      code: "settings_unreadable",
      text: "",
      retry: "no",
      channel: "auth_dead",
    };
  }
  return driver.send(
    {
      id: message.id,
      to: addresses,
      content: row.content as OutboundContent,
      ...(replyToExternalId && { replyToExternalId }),
      author: message.authorKind === "bot" || message.authorKind === "system" ? "bot" : "human",
      visibility: "public",
      attempt: row.attempts - 1,
    },
    settings,
    providerHttp(),
  );
}

function settleUnknown(row: OutboxRow): Promise<void> {
  return transact(SYSTEM, { orgId: row.orgId }, async (ctx) => {
    const error = { code: "sender_lost", text: "" };
    if (!(await end(ctx, row, "unknown", error))) return;
    const [message] = await ctx.tx.select().from(messages).where(eq(messages.id, row.messageId));
    if (message) await applyDelivery(ctx, message, { delivery: "unknown", error });
  });
}

/** Ends a row that is still being sent; false when somebody else has ended it meanwhile. */
async function end(
  ctx: Context,
  row: OutboxRow,
  state: "sent" | "failed" | "unknown",
  error: { code: string; text: string } | null,
  externalId?: string,
): Promise<boolean> {
  const ended = await ctx.tx
    .update(outbox)
    .set({ state, error, leasedUntil: null, endedAt: ctx.now, ...(externalId && { externalId }) })
    .where(and(eq(outbox.id, row.id), eq(outbox.state, "sending")))
    .returning({ id: outbox.id });
  return ended.length > 0;
}

/** Without one of its parts a long text makes no sense: the parts that wait do not leave. */
async function dropRest(ctx: Context, row: OutboxRow, error: { code: string; text: string }): Promise<void> {
  await ctx.tx
    .update(outbox)
    .set({ state: "failed", error, endedAt: ctx.now })
    .where(and(eq(outbox.messageId, row.messageId), eq(outbox.state, "waiting")));
}

async function settle(claimed: Claimed, receipt: Receipt): Promise<void> {
  const { row, message, channel } = claimed;
  await transact(SYSTEM, { orgId: row.orgId }, async (ctx) => {
    if (receipt.outcome === "sent") return settleSent(ctx, claimed, receipt);
    const error = { code: receipt.code, text: receipt.text };
    if (receipt.outcome === "unknown") {
      if (await end(ctx, row, "unknown", error)) await applyDelivery(ctx, message, { delivery: "unknown", error });
      return;
    }
    if (receipt.channel) await stopChannel(ctx, channel.id, receipt.channel, receipt.text);
    const pause = pauseOf(receipt);
    const tooOld = ctx.now.getTime() - row.createdAt.getTime() > MAX_AGE_MS || row.attempts >= MAX_ATTEMPTS;
    if (pause !== null && (receipt.channel || !tooOld)) {
      const nextAt = new Date(ctx.now.getTime() + pause);
      await ctx.tx
        .update(outbox)
        .set({ state: "waiting", leasedUntil: null, nextAt, error })
        .where(and(eq(outbox.id, row.id), eq(outbox.state, "sending")));
      return;
    }
    if (!(await end(ctx, row, "failed", error))) return;
    await dropRest(ctx, row, error);
    await applyDelivery(ctx, message, { delivery: "failed", error });
  });
  if (receipt.outcome !== "sent") {
    log.warn(
      { channel: channel.id, message: message.id, code: receipt.code, trace: receipt.trace },
      "a message was not sent",
    );
  }
}

function pauseOf(receipt: Extract<Receipt, { outcome: "failed" }>): number | null {
  if (receipt.channel) return STOPPED_RETRY_MS;
  return receipt.retry === "no" ? null : receipt.retry.afterMs;
}

async function settleSent(
  ctx: Context,
  claimed: Claimed,
  receipt: Extract<Receipt, { outcome: "sent" }>,
): Promise<void> {
  const { row, message, channel } = claimed;
  if (!(await end(ctx, row, "sent", null, receipt.externalId))) return;
  // Before the conversation's lock, in the order in which webhooks take theirs.
  await lockExternalId(ctx, channel.id, receipt.externalId);
  await learnAddresses(ctx, claimed, receipt.addresses);
  const last = row.part === row.parts - 1;
  const marked = await applyDelivery(ctx, message, {
    delivery: last ? "sent" : "queued",
    externalId: receipt.externalId,
  });
  await applyParked(ctx, marked);
  await ctx.tx
    .update(schema.channelHealth)
    .set({ lastSentAt: ctx.now })
    .where(eq(schema.channelHealth.channelId, channel.id));
  if (channel.health === "reconnect") await startChannel(ctx, channel.id);
}

/** The provider's answer may name addresses of the recipient that we did not know. */
async function learnAddresses(ctx: Context, { row, channel }: Claimed, addresses: Address[]): Promise<void> {
  const [own] = await ctx.tx
    .select({ identityId: conversation.identityId })
    .from(conversation)
    .where(eq(conversation.id, row.conversationId));
  if (own?.identityId) await addAddresses(ctx, channel, own.identityId, addresses);
}

/** R19, pitfall 17: a channel that its provider refuses says so, and its queue waits. */
async function stopChannel(ctx: Context, channelId: string, why: "auth_dead" | "policy", text: string): Promise<void> {
  await ctx.tx
    .update(channels)
    .set({ health: why === "auth_dead" ? "reconnect" : "blocked", healthReason: text.slice(0, 500) })
    .where(eq(channels.id, channelId));
}

/** A token that sends is good again. What the provider has barred is not known to be open by one message. */
async function startChannel(ctx: Context, channelId: string): Promise<void> {
  await ctx.tx
    .update(channels)
    .set({ health: "ok", healthReason: null })
    .where(and(eq(channels.id, channelId), eq(channels.health, "reconnect")));
}
