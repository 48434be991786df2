import pg from "pg";
import { newId } from "~/platform/ids";
import { ageLeases } from "../driver/age-leases";
import { expectSoon } from "../driver/expect-soon";
import type { Fault, Scene } from "../driver/fault";
import { connectLine } from "../driver/peers/phone-line";

const ANSWER = "Enviamos a todo el país.";
const position = { x: 0, y: 0 };
const FLOW = {
  ...{ schema: 1, name: "F36", start: "start" },
  nodes: [
    { id: "start", kind: "start", position, settings: {} },
    { id: "faq", kind: "faq", position, settings: {} },
    { id: "people", kind: "handoff", position, settings: {} },
  ],
  edges: [
    { from: "start", exit: "next", to: "faq" },
    { from: "faq", exit: "answered", to: "people" },
    { from: "faq", exit: "unknown", to: "people" },
  ],
};

/** A bot that answers first on the line, by the server's work. */
async function publishBot({ cluster, after }: Scene, channelId: string): Promise<void> {
  const [flow, version, entry] = [newId(), newId(), newId()];
  const org = `(select org_id from channel where id = '${channelId}')`;
  await cluster.query(`
    insert into flow (id, org_id, name, draft) values ('${flow}', ${org}, 'F36', '${JSON.stringify(FLOW)}');
    insert into flow_version (id, org_id, flow_id, number, definition)
      select '${version}', org_id, id, 1, draft from flow where id = '${flow}';
    update flow set published_version_id = '${version}' where id = '${flow}';
    insert into faq_entry (id, org_id, language, questions, answer)
      values ('${entry}', ${org}, 'es', '{"¿Hacen envíos?"}', '${ANSWER}');
    update channel set flow_id = '${flow}' where id = '${channelId}'`);
  after(() => cluster.query(`update channel set flow_id = null where id = '${channelId}'`));
}

/** Nobody reads the answers meanwhile: the work is begun and does not end. */
async function lockAnswers({ cluster, after }: Scene): Promise<() => Promise<unknown>> {
  const client = new pg.Client({ connectionString: cluster.postgres.direct() });
  await client.connect();
  await client.query("begin; lock table faq_entry in access exclusive mode");
  after(() => client.end());
  return () => client.query("commit");
}

const f36: Fault = {
  name: "F36",
  title: "a worker dies while it does a bot's work",
  async inject(scene) {
    const { cluster, crowd, short, note, promise } = scene;
    const { a, b } = cluster;
    const line = await connectLine(cluster, crowd.handle);
    await publishBot(scene, line.channelId);
    const unlock = await lockAnswers(scene);
    const people = Array.from({ length: short ? 8 : 40 }, (_, n) => n);
    const run = crypto.randomUUID();
    for (const n of people)
      await line.post(b.url, { id: `wamid.${run}-${n}`, from: `54911555${70_000 + n}`, text: "hacen envios?" });
    const pid = a.pid() ?? 0;
    const inHand = async () =>
      (
        await cluster.query(`select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'do-flow-call' and j.locked_by in (select unnest(slots) from job.worker where id like '%/${pid}/%')`)
      ).length > 0;
    await expectSoon("the one that dies has a bot's work under way", inHand, undefined, 10);
    cluster.balance(a, false);
    await a.kill9();
    await unlock();
    const from = performance.now();
    if (short) await ageLeases(cluster, pid);
    await a.startAgain();
    cluster.balance(a, true);
    const said = () =>
      cluster.query(`select m.conversation_id, count(*)::int as n from message m join conversation c on c.id = m.conversation_id
        where m.author_kind = 'bot' and m.text = '${ANSWER}' and c.channel_id = '${line.channelId}' group by 1`);
    const ended = async () => {
      const runs = await cluster.query(`select r.status from flow_run r join ticket t on t.id = r.ticket_id
        where t.channel_id = '${line.channelId}'`);
      return runs.length === people.length && runs.every(({ status }) => status !== "live");
    };
    await expectSoon("every customer is answered or with people", ended, 240_000);
    note("bots_settled_s", (performance.now() - from) / 1000);
    const answers = await said();
    promise(
      "nobody is answered twice",
      answers.every(({ n }) => n === 1),
    );
    promise("everybody is answered", answers.length === people.length);
  },
};

export const BOT_FAULTS = [f36];
