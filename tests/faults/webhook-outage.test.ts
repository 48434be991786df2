import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runQuery } from "../support/postgres-query";
import { APP_SECRET, type Product, startProduct } from "../support/product";
import { NUMBER, textMessage, whatsAppBody, whatsAppChange } from "../support/whatsapp-bodies";
import { type FaultPostgres, startFaultPostgres } from "./driver/fault-postgres";
import { report } from "./driver/report";

const OUTAGE_MS = 20_000;
const BEFORE_MS = 3_000;
const AFTER_MS = 4_000;
const CONTACTS = 8;
const PAUSE_MS = 150;
/** Meta waits longer each time, up to hours; here each wait is a thousandth. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

type Sent = { id: string; contact: number; text: string };
type Answer = { at: number; status: number };

describe("PostgreSQL is away for 20 s while a provider sends (F24)", () => {
  let postgres: FaultPostgres;
  let product: Product;
  beforeAll(async () => {
    postgres = await startFaultPostgres();
    product = await startProduct({ env: { DATABASE_URL: postgres.url, LOG_LEVEL: "silent" } });
    const settings = JSON.stringify({ phone_number_id: NUMBER, waba_id: "100", access_token: "t" });
    await product.cli("channel:create", "--org", "demo", "--kind", "whatsapp", "--settings", settings);
  });
  afterAll(async () => {
    await product?.dispose();
    await postgres?.dispose();
  });

  const answers: Answer[] = [];
  async function post(body: object): Promise<number> {
    const raw = JSON.stringify(body);
    const signature = `sha256=${createHmac("sha256", APP_SECRET).update(raw).digest("hex")}`;
    const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
    const status = await fetch(`${product.url}/webhooks/meta`, { method: "POST", body: raw, headers }).then(
      (answer) => answer.status,
      () => 0,
    );
    answers.push({ at: Date.now(), status });
    return status;
  }
  /** Until it is taken, as a provider does; once more now and then though it was taken. */
  async function deliver(body: object): Promise<void> {
    for (let wait = FIRST_WAIT_MS; (await post(body)) !== 200; wait = Math.min(2 * wait, LONGEST_WAIT_MS))
      await sleep(wait);
    if (answers.length % 5 === 0) await post(body);
  }
  async function writes(contact: number, until: () => boolean): Promise<Sent[]> {
    const sent: Sent[] = [];
    const from = `54911555${50_000 + contact}`;
    while (!until()) {
      const text = `${contact}/${sent.length}`;
      const id = `wamid.${contact}-${sent.length}`;
      const timestamp = String(Math.floor(Date.now() / 1000));
      const message = textMessage({ id, from, timestamp, text: { body: text } });
      const contacts = [{ wa_id: from, profile: { name: `Cliente ${contact}` } }];
      await deliver(whatsAppBody(whatsAppChange({ messages: [message], contacts })));
      sent.push({ id, contact, text });
      await sleep(PAUSE_MS);
    }
    return sent;
  }
  const readiness = async () => (await fetch(`${product.url}/readyz`)).status;
  const stored = async () =>
    (await runQuery(
      postgres.url,
      "select external_id as id, conversation_id, text from message where external_id like 'wamid.%-%' and author_kind = 'contact' order by conversation_id, seq",
    )) as { id: string; conversation_id: string; text: string }[];

  it("takes nothing that it cannot keep, and keeps every event once and in its order", async () => {
    let over = false;
    const pid = product.pid();
    const writing = Promise.all(Array.from({ length: CONTACTS }, (_, contact) => writes(contact, () => over)));
    await sleep(BEFORE_MS);
    await postgres.stop("fast");
    const from = Date.now();
    await expect.poll(readiness, { timeout: OUTAGE_MS }).toBe(503);
    await sleep(OUTAGE_MS - (Date.now() - from));
    const to = Date.now();
    await postgres.start();
    await expect.poll(readiness, { timeout: 20_000 }).toBe(200);
    const backMs = Date.now() - to;
    await sleep(AFTER_MS);
    over = true;
    const sent = (await writing).flat();

    const whileDown = answers.filter(({ at }) => at > from && at < to);
    expect(whileDown.length).toBeGreaterThan(CONTACTS);
    expect(whileDown.filter(({ status }) => status === 200)).toEqual([]);
    await expect.poll(async () => (await stored()).length, { timeout: 150_000, interval: 500 }).toBe(sent.length);
    const rows = await stored();
    expect(rows.map(({ id }) => id).sort()).toEqual(sent.map(({ id }) => id).sort());
    for (let contact = 0; contact < CONTACTS; contact++) {
      const own = (text: string) => text.startsWith(`${contact}/`);
      const wanted = sent.map(({ text }) => text).filter(own);
      const got = rows.map(({ text }) => text).filter(own);
      expect(got).toEqual(wanted);
      expect(new Set(rows.filter(({ text }) => own(text)).map((row) => row.conversation_id)).size).toBe(1);
    }
    expect(product.pid()).toBe(pid);
    report({
      fault: "F24",
      events: sent.length,
      posts: answers.length,
      refused_while_down: whileDown.length,
      taken_while_down: 0,
      lost: 0,
      doubled: 0,
      reordered: 0,
      ready_again_ms: backMs,
    });
  });
});
