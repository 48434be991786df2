import { newRun } from "~/modules/bots/engine/run";
import { welcomeFlow } from "~/modules/bots/starters/welcome";
import { runQuery } from "../../support/postgres-query";
import { addOrganisation, type BotOrganisation } from "./bot-database";

/** `days` back to which runs go, so many a day, each of five stays; ten runs a ticket. */
export type HistorySize = { days: number; runsADay: number };
export type BotHistory = BotOrganisation & { runs: number; newestTicket: string; newestNumber: number };

const RUNS_A_TICKET = 10;
const STAYS = ["start", "greeting", "menu", "hours", "menu"];

/** The newest runs are alike in every history of so many a day: a longer one only has more behind them. */
export async function makeHistory(url: string, { days, runsADay }: HistorySize): Promise<BotHistory> {
  const made = await addOrganisation(url, "historia", welcomeFlow("es", { sales: "General", support: "General" }));
  const { orgId, bot } = made;
  const runs = days * runsADay;
  const tickets = Math.ceil(runs / RUNS_A_TICKET);
  const state = JSON.stringify({ ...newRun(), node: "menu", visits: { start: 1, greeting: 1, menu: 2, hours: 1 } });
  const entries = JSON.stringify(
    STAYS.map((node) => ({ at: "2026-01-01T00:00:00Z", node, what: "entered", detail: { visit: 0 } })),
  );
  const org = `'${orgId}'::uuid`;
  const version = `'${bot?.versionId}'::uuid`;
  // One run after the other through the tickets, the newest now.
  await runQuery(
    url,
    `begin;
     create temp table the_channel as select id from channel where org_id = ${org} and kind = 'web';
     create temp table made as select n, gen_random_uuid() as ticket, gen_random_uuid() as conversation,
       gen_random_uuid() as identity, now() - (${tickets} - n) * interval '1 day' * ${days} / ${tickets} as at
       from generate_series(1, ${tickets}) n;
     create temp table person as select gen_random_uuid() as id;
     insert into contact (id, org_id, name) select id, ${org}, 'Rosa' from person;
     insert into identity (id, org_id, contact_id, channel_id)
       select identity, ${org}, person.id, the_channel.id from made, person, the_channel;
     insert into conversation (id, org_id, kind, channel_id, identity_id)
       select conversation, ${org}, 'customer', the_channel.id, identity from made, the_channel;
     insert into ticket (id, org_id, number, conversation_id, contact_id, channel_id, area_id, state, waiting_on, first_seq,
         opened_at, closed_at, last_activity_at)
       select ticket, ${org}, 1000000 + n, conversation, person.id, the_channel.id,
         (select id from area where org_id = ${org} limit 1), 'closed', 'none', 1, at, at, at
       from made, person, the_channel;
     insert into flow_run (id, org_id, ticket_id, conversation_id, flow_version_id, state, status, end_reason, started_at, ended_at)
       select gen_random_uuid(), ${org}, ticket, conversation, ${version}, '${state}', 'ended', 'handoff',
         at - k * interval '1 minute', at from made, generate_series(1, ${RUNS_A_TICKET}) k;
     insert into flow_passage (org_id, run_id, place, ticket_id, flow_version_id, node, entered_at, left_at, exit)
       select ${org}, r.id, s.place, r.ticket_id, ${version}, s.node, r.started_at + s.place * interval '1 second',
         case when s.place < ${STAYS.length} then r.started_at + s.place * interval '2 seconds' end,
         case when s.node = 'menu' then case when s.place < ${STAYS.length} then 'hours' end else 'next' end
       from flow_run r, unnest('{${STAYS.join(",")}}'::text[]) with ordinality as s(node, place);
     insert into flow_trace (id, org_id, run_id, event_id, entries, created_at)
       select gen_random_uuid(), ${org}, r.id, 'e' || k, '${entries}', r.started_at + k * interval '1 second'
       from flow_run r, generate_series(1, 2) k;
     commit;`,
  );
  await runQuery(url, "vacuum analyze");
  const [newest] = await runQuery(url, "select id, number from ticket order by opened_at desc limit 1");
  return { ...made, runs, newestTicket: String(newest?.id), newestNumber: Number(newest?.number) };
}
