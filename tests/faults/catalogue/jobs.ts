import { setTimeout as sleep } from "node:timers/promises";
import { ageLeases } from "../driver/age-leases";
import { expectSoon } from "../driver/expect-soon";
import type { Fault, Scene } from "../driver/fault";
import { connectLine } from "../driver/peers/phone-line";

type Stored = { id: string; conversation_id: string; external_id: string };

const wamidOf = (run: string, n: number) => `wamid.${run}-${n}`;
const phoneOf = (n: number) => `54911555${60_000 + n}`;

/** What customers wrote on this channel, by the provider's ids. */
const inbound = async ({ cluster }: Scene, channelId: string) =>
  (await cluster.query(
    `select id, conversation_id, external_id from message where channel_id = '${channelId}' and author_kind = 'contact'`,
  )) as Stored[];

/** Thousands of bodies of one number are read one after the other. */
const SLOW_MS = 240_000;

const f22: Fault = {
  name: "F22",
  title: "the provider hands every webhook over up to ten times, to both servers at once",
  async inject(scene) {
    const { cluster, crowd, random, short, note, promise } = scene;
    const line = await connectLine(cluster, crowd.handle);
    const run = crypto.randomUUID();
    const messages = Array.from({ length: short ? 20 : 500 }, (_, n) => n);
    const posts = messages.flatMap((n) =>
      Array.from({ length: 1 + Math.floor(random() * 10) }, async () => {
        const server = random() < 0.5 ? cluster.a : cluster.b;
        const message = { id: wamidOf(run, n), from: phoneOf(n % 7), text: `${crowd.canary} ${n}` };
        while ((await line.post(server.url, message)) !== 200) await sleep(300);
      }),
    );
    await Promise.all(posts);
    const read = async () => (await inbound(scene, line.channelId)).length >= messages.length;
    await expectSoon("every message is stored", read, SLOW_MS);
    // What came twice would be stored by now or soon.
    const waiting = async () => {
      const [row] = await cluster.query("select count(*)::int as open from webhook_inbox where processed_at is null");
      return Number(row?.open) === 0;
    };
    await expectSoon("every webhook is read", waiting, SLOW_MS);
    const stored = await inbound(scene, line.channelId);
    note("webhooks_posted", posts.length);
    note("webhooks_stored", stored.length);
    promise("each is stored once", new Set(stored.map((row) => row.external_id)).size === stored.length);
    promise("none is lost", stored.length === messages.length);
  },
};

const CALL_MS = 3_000;

const f4: Fault = {
  name: "F4",
  title: "a worker dies while the provider has its call",
  async inject(scene) {
    const { cluster, crowd, short, note, promise } = scene;
    const { a, b, provider } = cluster;
    const line = await connectLine(cluster, crowd.handle);
    const run = crypto.randomUUID();
    const contacts = Array.from({ length: short ? 16 : 60 }, (_, n) => n);
    for (const n of contacts) {
      provider.book.wrote(provider.numbers[0]?.phoneNumberId ?? "", provider.book.learn({ waId: phoneOf(n) }));
      await line.post(b.url, { id: wamidOf(run, n), from: phoneOf(n), text: `${crowd.canary} hola` });
    }
    await expectSoon(
      "they all have written",
      async () => (await inbound(scene, line.channelId)).length >= contacts.length,
    );
    provider.rules.window = "off";
    provider.fail({ kind: "slow_body", ms: CALL_MS }, { times: contacts.length, method: "POST", path: /messages$/ });
    const before = provider.box.sent.length;
    // They write beside this, and each may say a hundred messages a minute.
    const tokenOf = (n: number) => crowd.staff[n % crowd.staff.length]?.token;
    const answers = await Promise.all(
      (await inbound(scene, line.channelId)).map(({ conversation_id }, n) =>
        fetch(`${b.url}/api/v1/conversations/${conversation_id}/messages`, {
          method: "POST",
          headers: { authorization: `Bearer ${tokenOf(n)}`, "content-type": "application/json" },
          body: JSON.stringify({ client_id: crypto.randomUUID(), text: `respuesta ${n} ${crowd.canary}` }),
        }),
      ),
    );
    promise(
      "every reply is accepted",
      answers.every(({ status }) => status < 300),
    );
    const pid = a.pid() ?? 0;
    const inHand = async () => {
      const rows = await cluster.query(
        `select 1 from graphile_worker._private_jobs where locked_by in (select unnest(slots) from job.worker where id like '%/${pid}/%')`,
      );
      return rows.length > 0 && provider.box.sent.length > before;
    };
    await expectSoon("the one that dies has a call under way", inHand, undefined, 10);
    cluster.balance(a, false);
    await a.kill9();
    const from = performance.now();
    if (short) {
      // The others' calls end by themselves; then the dead one's leases are as old as they would be a minute later.
      await sleep(CALL_MS);
      await ageLeases(cluster, pid);
    }
    await a.startAgain();
    cluster.balance(a, true);
    const states = async () =>
      (await cluster.query(
        `select state, count(*)::int as n from outbox where channel_id = '${line.channelId}' group by 1`,
      )) as {
        state: string;
        n: number;
      }[];
    const count = async (...wanted: string[]) =>
      (await states()).reduce((sum, { state, n }) => sum + (wanted.includes(state) ? n : 0), 0);
    await expectSoon(
      "every reply has left, or is given up",
      async () => (await count("waiting", "sending")) === 0,
      SLOW_MS,
    );
    note("jobs_settled_s", (performance.now() - from) / 1000);
    const texts = provider.box.sent.slice(before).map(({ text }) => text);
    note("provider_calls", texts.length);
    note("provider_duplicates", texts.length - new Set(texts).size);
    note("unknown_share", (await count("unknown")) / contacts.length);
    promise("the provider saw no reply twice", new Set(texts).size === texts.length);
    promise("all are sent or known to be unknown", (await count("sent", "unknown")) === contacts.length);
  },
};

export const JOB_FAULTS = [f4, f22];
