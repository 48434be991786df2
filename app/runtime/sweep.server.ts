import { sql } from "drizzle-orm";
import { writeActivity } from "~/modules/accounts/index.server";
import { sweepFiles } from "~/modules/files/index.server";
import { deliverOutbox } from "~/modules/messaging/index.server";
import { rollUp } from "~/modules/reports/index.server";
import { addUpCounts, sendScheduled, sweepDesk } from "~/modules/tickets/index.server";
import { collectEvents, tidyDeliveries } from "~/modules/webhooks/index.server";
import { asSystem } from "~/platform/db.server";
import { enqueue } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { tryLock } from "~/platform/postgres/advisory-lock.server";

const EVERY_MS = 60_000;
/** The desk's clock is seen by customers and agents. */
const DESK_EVERY_MS = 15_000;
/** Other programs wait for this. */
const WEBHOOKS_EVERY_MS = 1_500;
const ACTIVITY_EVERY_MS = 20_000;

/**
 * What nobody does by itself: wakes outboxes and later sends whose job was lost, and lets go of what has served: read webhook bodies
 * after 7 days, delivery marks without a message after 10 minutes, answers of repeatable calls after 24 hours, what pages say of themselves after 7 days, notices after 90, changes older than 30 days.
 */
async function sweep(): Promise<void> {
  await asSystem("sweep", async (tx) => {
    if (!(await tryLock(tx, "sweep"))) return;
    const due = await tx.execute<{ conversation_id: string }>(sql`
      select distinct conversation_id from outbox
      where state in ('waiting', 'sending') and next_at < now() - interval '1 minute'
        and (leased_until is null or leased_until < now()) limit 500`);
    for (const { conversation_id: conversationId } of due.rows) {
      await enqueue(tx, deliverOutbox, { conversationId }, { key: `deliver:${conversationId}` });
    }
    const late = await tx.execute<{ id: string }>(sql`
      select id from scheduled_message where failed is null and send_at < now() - interval '1 minute' limit 500`);
    for (const { id } of late.rows) await enqueue(tx, sendScheduled, { id }, { key: `scheduled:${id}` });
    await tx.execute(sql`delete from draft where text = '' and updated_at < now() - interval '1 day'`);
    await tx.execute(sql`delete from webhook_inbox where processed_at < now() - interval '7 days'`);
    await tx.execute(sql`delete from parked_status where created_at < now() - interval '10 minutes'`);
    await tx.execute(sql`delete from link_preview where fetched_at < now() - interval '7 days'`);
    await tx.execute(sql`delete from notice where id in (
      select id from notice where id < (lpad(to_hex((extract(epoch from now() - interval '90 days') * 1000)::bigint), 12, '0')
        || repeat('0', 20))::uuid order by id limit 10000)`);
    await tx.execute(sql`delete from once_call where created_at < now() - interval '24 hours'`);
    await tx.execute(sql`delete from change where id in (
      select id from change where created_at < now() - interval '30 days' order by id limit 10000)`);
  });
}

/** Again and again until it is stopped, and never while the last time has not ended. */
function repeat(work: () => Promise<unknown>, everyMs: number): () => void {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    work()
      .catch((error: unknown) => log.warn({ err: error }, "a sweep failed"))
      .finally(() => {
        running = false;
      });
  }, everyMs);
  return () => clearInterval(timer);
}

/** Sweeps until it is stopped. */
export function startSweeping(): () => void {
  const stops = [
    repeat(sweep, EVERY_MS),
    repeat(sweepFiles, EVERY_MS),
    repeat(rollUp, EVERY_MS),
    repeat(addUpCounts, EVERY_MS),
    repeat(sweepDesk, DESK_EVERY_MS),
    repeat(tidyDeliveries, EVERY_MS),
    repeat(collectEvents, WEBHOOKS_EVERY_MS),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Every process writes down who was here through it, until it is stopped. */
export const writeActivityOften = (): (() => void) => repeat(writeActivity, ACTIVITY_EVERY_MS);
