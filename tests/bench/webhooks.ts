import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { runQuery } from "../support/postgres-query";
import { APP_SECRET } from "../support/product";
import { textMessage, whatsAppBody, whatsAppChange } from "../support/whatsapp-bodies";
import type { Benchmark } from "./benchmark";
import { median } from "./driver/percentile";
import { pgbench } from "./driver/pgbench";
import { type WrkFigures, wrk } from "./driver/wrk";
import { startProductWorld } from "./subject/product-world";

const SENDERS = 32;

/** One body, signed; of a number that nobody connected, so that reading it, which is no part of this, costs little. */
function signedRequest(): string {
  const message = textMessage({ text: { body: "x".repeat(200) } });
  const raw = JSON.stringify(whatsAppBody(whatsAppChange({ messages: [message] })));
  const signature = `sha256=${createHmac("sha256", APP_SECRET).update(raw).digest("hex")}`;
  return `wrk.method = "POST"
wrk.body = ${JSON.stringify(raw).replaceAll("\\/", "/")}
wrk.headers["Content-Type"] = "application/json"
wrk.headers["X-Hub-Signature-256"] = "${signature}"`;
}

export const webhookIngest: Benchmark = {
  name: "webhooks",
  title: `Webhooks of Meta's, signed, answered after the commit, ${SENDERS} at once; the worker runs beside`,
  async run({ quick }) {
    const seconds = quick ? 1 : 5;
    const world = await startProductWorld(1);
    try {
      await runQuery(world.referenceUrl, readFileSync("tests/bench/reference/append.sql", "utf8"));
      const raw = JSON.stringify(whatsAppBody(whatsAppChange({ messages: [textMessage()] })));
      const insert = `insert into webhook (id, body) values (gen_random_uuid(), convert_to('${raw.replaceAll("'", "''")}', 'UTF8'));`;
      const reference: number[] = [];
      const ours: WrkFigures[] = [];
      for (let n = 0; n < (quick ? 1 : 3); n++) {
        reference.push((await pgbench(world.referenceUrl, insert, SENDERS, seconds)).perSecond);
        const script = signedRequest();
        ours.push(await wrk(`${world.product.url}/webhooks/meta`, { connections: SENDERS, seconds, script }));
      }
      return [
        {
          what: `${SENDERS} senders`,
          unit: "webhooks/s",
          ours: median(ours.map((one) => one.perSecond)),
          reference: { name: "pgbench, insert of the raw body", value: median(reference) },
          goal: { least: 0.8 },
          more: { p50_ms: median(ours.map((one) => one.p50)), p99_ms: median(ours.map((one) => one.p99)) },
        },
      ];
    } finally {
      await world.stop();
    }
  },
};
