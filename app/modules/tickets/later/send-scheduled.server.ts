import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { SYSTEM } from "~/modules/accounts";
import { actorOfAccount } from "~/modules/accounts/index.server";
import { asSystem } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { defineJob } from "~/platform/jobs/index.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { sendMessage } from "../desk/send-message.server";
import { scheduledChanged } from "../events";
import type { ScheduledRow } from "./list-scheduled.server";

/** Sends what is due, as its author. */
export const sendScheduled = defineJob({
  name: "tickets.send-scheduled",
  lane: "outbound",
  payload: z.strictObject({ id: z.uuid() }),
  run: ({ id }) => sendIfDue(id),
});

/**
 * Sends a scheduled message through the door that its author would use, with the message's own id as `client_id`: any
 * number of workers, at once or one after another's death, make one message of it. `at` stands in for the clock.
 */
export async function sendIfDue(id: string, at?: Date): Promise<void> {
  const { scheduledMessage } = schema;
  const row = await asSystem("find a scheduled message that is due", async (tx, now) => {
    const [found] = await tx.select().from(scheduledMessage).where(eq(scheduledMessage.id, id));
    return found && !found.failed && found.sendAt <= (at ?? now) ? found : null;
  });
  const author = row && (await actorOfAccount(row.accountId));
  if (!author) return;
  try {
    await sendMessage(author, sendingOf(row));
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    return endScheduled(row, error.code);
  }
  await endScheduled(row, null);
}

export const sendingOf = ({ id, conversationId, text, replyTo, attachments }: ScheduledRow) => ({
  conversationId,
  clientId: id,
  text,
  replyTo,
  attachments,
  visibility: "public" as const,
});

/** Takes away what was sent, or keeps why it could not be; tells the author's screens. */
export async function endScheduled({ id, accountId, conversationId }: ScheduledRow, failed: string | null) {
  await transactAsSystem(SYSTEM, "a scheduled message is sent, or cannot be", async (ctx) => {
    const { scheduledMessage } = schema;
    const own = and(eq(scheduledMessage.id, id), eq(scheduledMessage.accountId, accountId));
    if (failed) await ctx.tx.update(scheduledMessage).set({ failed }).where(own);
    else await ctx.tx.delete(scheduledMessage).where(own);
    ctx.emit(scheduledChanged, { accountId, conversationId });
  });
}
