import { sql } from "drizzle-orm";
import { asSystem, database } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { runQuery } from "../postgres-query";
import type { World } from "../world";

export type MadeTicket = {
  area_id: string;
  contact_id: string;
  channel_id: string;
  state: "bot" | "open" | "closed";
  /** RFC 3339, of its last activity. */
  at: string;
  assignee_id?: string | null;
  priority?: string;
  tags?: string[];
  waiting_on?: string;
  snoozed_until?: string | null;
  queued_at?: string | null;
  queue_front?: boolean;
};

/** Tickets as they stand in the database, each in a conversation of its own without words, numbered from 1. */
export async function makeTickets(world: World, tickets: readonly MadeTicket[]): Promise<void> {
  const rows = tickets.map((ticket, n) => ({
    ...{ assignee_id: null, priority: "normal", tags: [], waiting_on: "agent", snoozed_until: null, queued_at: null },
    ...{ queue_front: false, ...ticket, id: newId(), conversation_id: newId(), identity_id: newId(), number: n + 1 },
  }));
  await asSystem("test", async (tx) => {
    const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id uuid, conversation_id uuid, identity_id uuid,
      number int, area_id uuid, contact_id uuid, channel_id uuid, assignee_id uuid, state text, priority text, tags jsonb,
      waiting_on text, snoozed_until timestamptz, queued_at timestamptz, queue_front boolean, at timestamptz)`;
    await tx.execute(sql`insert into identity (id, org_id, contact_id, channel_id)
      select identity_id, ${world.orgId}, contact_id, channel_id from ${given}`);
    await tx.execute(sql`insert into conversation (id, org_id, kind, channel_id, identity_id)
      select conversation_id, ${world.orgId}, 'customer', channel_id, identity_id from ${given}`);
    await tx.execute(sql`insert into ticket (id, org_id, number, conversation_id, contact_id, channel_id, area_id, assignee_id, state,
        priority, tags, waiting_on, snoozed_until, first_seq, opened_at, closed_at, queued_at, queue_front, last_activity_at)
      select id, ${world.orgId}, number, conversation_id, contact_id, channel_id, area_id, assignee_id, state, priority,
        array(select jsonb_array_elements_text(tags)), waiting_on, snoozed_until, 1, at,
        case when state = 'closed' then at end, queued_at, queue_front, at from ${given}`);
  });
}

/** Lets tickets be with the bot that no run belongs to, in the database of this file. */
export const allowRunless = () => runQuery(database().url, "alter table ticket disable trigger ticket_bot_has_one_run");

/** The ids of an organisation's channels. */
export async function channelsOf(world: World): Promise<string[]> {
  const { rows } = await asSystem("test", (tx) =>
    tx.execute<{ id: string }>(sql`select id from channel where org_id = ${world.orgId} order by id`),
  );
  return rows.map(({ id }) => id);
}

/** A small generator of chances whose run can be told by its number. */
export function chance(seed: number) {
  let state = seed;
  const below = (n: number) => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  return { below, of: <T>(all: readonly T[]): T => all[below(all.length)] as T };
}
