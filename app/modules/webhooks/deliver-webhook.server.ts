import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { type AccountActor, SYSTEM } from "~/modules/accounts";
import { actorOfMember, recordAudit } from "~/modules/accounts/index.server";
import { getTicket, listConversationChanges, notifyAdmins } from "~/modules/tickets/index.server";
import { inScope } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { FetchRefusal, type GuardedFetch, guardedFetch } from "~/platform/guarded-fetch/index.server";
import { defineJob, enqueue } from "~/platform/jobs/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { WebhookRow } from "./find-webhook.server";
import { isLoop } from "./is-loop.server";
import { TRIAL } from "./webhook-fields";
import { openSecret, signatureOf } from "./webhook-secret.server";
import { isGivenUp, isLongFailing, nextAttempt } from "./when-again";

const { webhook, webhookDelivery } = schema;
type DeliveryRow = typeof webhookDelivery.$inferSelect;

/** One after the other for so many; then the job makes room for others. */
const IN_A_ROW = 20;
const LEASE_MS = 60_000;
const TIME_MS = 10_000;
const ANSWER_BYTES = 1_024;

const payload = z.strictObject({ orgId: z.uuid(), webhookId: z.uuid(), line: z.uuid() });
type Line = z.output<typeof payload>;

export const jobKey = ({ webhookId, line }: Pick<Line, "webhookId" | "line">): string => `webhook:${webhookId}:${line}`;

/** Sends what stands in a line to its address, in order: what cannot be sent holds up its own line alone. */
export const deliverWebhook = defineJob({
  name: "webhooks.deliver",
  lane: "webhook",
  payload,
  run: (line) => deliverLine(line),
});

/** @param ask how the address is asked: tests have their own internet */
export async function deliverLine(line: Line, ask: GuardedFetch = guardedFetch): Promise<void> {
  for (let n = 0; n < IN_A_ROW; n++) {
    const taken = await takeHead(line);
    if (!taken) return;
    const came = await attempt(taken, ask);
    if (!(await settle(line, taken, came))) return;
  }
  await inScope({ orgId: line.orgId }, (tx) => enqueue(tx, deliverWebhook, line, { key: jobKey(line) }));
}

type Taken = { webhook: WebhookRow; delivery: DeliveryRow; now: Date };

/** The head of the line, leased; null where there is none, or it is not its time yet. */
const takeHead = ({ orgId, webhookId, line }: Line): Promise<Taken | null> =>
  inScope({ orgId }, async (tx, now) => {
    const [to] = await tx
      .select()
      .from(webhook)
      .where(and(eq(webhook.id, webhookId), isNull(webhook.disabledAt)));
    if (!to) return null;
    const inLine = and(
      eq(webhookDelivery.webhookId, webhookId),
      eq(webhookDelivery.line, line),
      eq(webhookDelivery.state, "waiting"),
    );
    const [head] = await tx
      .select()
      .from(webhookDelivery)
      .where(inLine)
      .orderBy(asc(webhookDelivery.place))
      .limit(1)
      .for("update");
    if (!head) return null;
    const free = Math.max(head.nextAt.getTime(), head.leasedUntil?.getTime() ?? 0);
    if (free > now.getTime()) {
      const runAt = new Date(free);
      await enqueue(tx, deliverWebhook, { orgId, webhookId, line }, { key: jobKey({ webhookId, line }), runAt });
      return null;
    }
    const lease = { attempts: head.attempts + 1, leasedUntil: new Date(now.getTime() + LEASE_MS) };
    await tx.update(webhookDelivery).set(lease).where(eq(webhookDelivery.id, head.id));
    return { webhook: to, delivery: { ...head, ...lease }, now };
  });

/** `gone`: there is nothing that may be told any more. `orphan`: nobody is left whose eyes it had. */
type Came =
  | { kind: "sent" | "failed"; status: number | null; error: string | null }
  | { kind: "gone" }
  | { kind: "orphan" };

async function attempt({ webhook: to, delivery, now }: Taken, ask: GuardedFetch): Promise<Came> {
  const actor = await actorOfMember(to.orgId, to.memberId);
  if (!actor) return { kind: "orphan" };
  const data = await dataOf(actor, to, delivery);
  if (!data) return { kind: "gone" };
  const { id, event, at } = delivery;
  const body = JSON.stringify({ id, event, at: at.toISOString(), organisation_id: to.orgId, data });
  const former = to.sealedFormer && to.formerUntil && to.formerUntil > now ? [openSecret(to.sealedFormer, to)] : [];
  const headers = {
    "content-type": "application/json",
    "x-guazu-event": event,
    "x-guazu-event-id": id,
    "x-guazu-signature": signatureOf(body, [openSecret(to.sealedSecret, to), ...former], new Date()),
  };
  try {
    const { status } = await ask(to.url, {
      method: "POST",
      headers,
      body,
      timeoutMs: TIME_MS,
      maxBytes: ANSWER_BYTES,
      cut: true,
    });
    const taken = status >= 200 && status < 300;
    return { kind: taken ? "sent" : "failed", status, error: taken ? null : `http_${status}` };
  } catch (error) {
    if (error instanceof FetchRefusal) return { kind: "failed", status: null, error: error.code };
    throw error;
  }
}

/** What the event is about as its member sees it now; null where they do not, or a note is not to leave. */
async function dataOf(actor: AccountActor, to: WebhookRow, { event, ticketId, line, rev }: DeliveryRow) {
  if (event === TRIAL) return { webhook_id: to.id };
  try {
    const ticket = await getTicket(actor, ticketId ?? "");
    if (rev === null) return { ticket: to.notes ? ticket : withoutNote(ticket) };
    const { changes } = await listConversationChanges(actor, line, { after: rev - 1, limit: 1 });
    const message = changes[0]?.rev === rev ? changes[0].message : null;
    if (!message || (message.visibility === "staff" && !to.notes)) return null;
    return { message, ticket: { id: ticket.id, number: ticket.number } };
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return null;
    throw error;
  }
}

/** A list shows a note as a ticket's last message. */
const withoutNote = <T extends { last_message: { visibility: string } | null }>(ticket: T): T =>
  ticket.last_message?.visibility === "staff" ? { ...ticket, last_message: null } : ticket;

/** Writes down what came of an attempt; whether the next in line may go. */
const settle = (line: Line, { webhook: to, delivery }: Taken, came: Came): Promise<boolean> =>
  transact(SYSTEM, { orgId: line.orgId }, async (ctx) => {
    const { tx, now } = ctx;
    const row = eq(webhookDelivery.id, delivery.id);
    const switchOff = async (disabledBy: "failing" | "member" | "loop") => {
      await tx.update(webhook).set({ disabledAt: now, disabledBy }).where(eq(webhook.id, to.id));
      const subject = { id: to.id, name: new URL(to.url).host };
      await recordAudit(ctx, { orgId: line.orgId, action: "webhook.disabled", subject, after: { reason: disabledBy } });
      await notifyAdmins(ctx, {
        ...{ kind: "webhook_off", orgId: line.orgId, webhookId: to.id, reason: disabledBy },
        by: { id: null, name: subject.name },
      });
      return false;
    };
    if (came.kind === "gone") {
      await tx.delete(webhookDelivery).where(row);
      return true;
    }
    if (came.kind === "orphan") return switchOff("member");
    const { status, error } = came;
    if (came.kind === "sent") {
      await tx.update(webhookDelivery).set({ state: "sent", doneAt: now, leasedUntil: null, status, error }).where(row);
      if (to.failingSince) await tx.update(webhook).set({ failingSince: null }).where(eq(webhook.id, to.id));
      return (await isLoop(tx, delivery)) ? switchOff("loop") : true;
    }
    const failingSince = to.failingSince ?? now;
    await tx.update(webhook).set({ failingSince }).where(eq(webhook.id, to.id));
    const over = isGivenUp(delivery.createdAt, now);
    const nextAt = nextAttempt(delivery.attempts, now);
    const after = over ? { state: "failed" as const, doneAt: now } : { nextAt };
    await tx
      .update(webhookDelivery)
      .set({ ...after, leasedUntil: null, status, error })
      .where(row);
    if (isLongFailing(failingSince, now)) return switchOff("failing");
    if (!over) await enqueue(tx, deliverWebhook, line, { key: jobKey(line), runAt: nextAt });
    return over;
  });
