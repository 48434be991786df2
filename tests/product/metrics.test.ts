import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APP_SECRET, type Product, startProduct } from "../support/product";

const TOKEN = "a-token-of-the-monitoring";
let product: Product;
beforeAll(async () => {
  product = await startProduct({ env: { METRICS_TOKEN: TOKEN } });
});
afterAll(() => product?.dispose());

const read = (headers: Record<string, string>) => fetch(`${product.url}/metrics`, { headers });

/** The value of a line, by name and labels as they are written. */
async function figure(line: string): Promise<number> {
  const text = await (await read({ authorization: `Bearer ${TOKEN}` })).text();
  const found = text.split("\n").find((one) => one.startsWith(`${line} `));
  if (!found) throw new Error(`no line ${line} in:\n${text}`);
  return Number(found.slice(line.length));
}

describe("the metrics", () => {
  it("do not exist for who has no token (TK6)", async () => {
    for (const headers of [{}, { authorization: "Bearer wrong" }, { "x-forwarded-for": "127.0.0.1" }]) {
      const answer = await read(headers as Record<string, string>);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain("guazu_");
    }
  });

  it("tell of requests, messages, jobs, webhooks and what they wait for", async () => {
    const api = await product.api();
    const { data } = await api<{ conversation_id: string }[]>("GET", "/tickets?state=open");
    // The first answer changes the ticket; what follows it is appended the quick way, which is counted.
    for (const text of ["la primera respuesta", "y otra"]) {
      const body = { client_id: crypto.randomUUID(), text };
      const sent = await api("POST", `/conversations/${data[0]?.conversation_id}/messages`, body);
      expect(sent.status).toBe(201);
    }
    await fetch(`${product.url}/webhooks/meta`, { method: "POST", body: "{}" });
    const text = JSON.stringify({ object: "page", entry: [] });
    const signature = `sha256=${createHmac("sha256", APP_SECRET).update(text).digest("hex")}`;
    const headers = { "x-hub-signature-256": signature };
    await fetch(`${product.url}/webhooks/meta`, { method: "POST", body: text, headers });

    expect(await figure('guazu_http_requests_total{class="api",status="200"}')).toBeGreaterThan(0);
    expect(await figure('guazu_http_request_seconds_count{class="api"}')).toBeGreaterThan(1);
    expect(await figure('guazu_webhooks_total{fate="refused"}')).toBe(1);
    expect(await figure('guazu_webhooks_total{fate="taken"}')).toBe(1);
    expect(await figure("guazu_append_messages_total")).toBeGreaterThan(0);
    expect(await figure("guazu_hub_sockets")).toBe(0);
    expect(await figure("guazu_bus_connected")).toBe(1);
    expect(await figure("guazu_database_answers")).toBe(1);
    expect(await figure('guazu_jobs{lane="inbound",state="dead"}')).toBe(0);
    expect(await figure("guazu_feed_horizon_seconds")).toBeLessThan(60);
    expect(await figure('guazu_channels{kind="web",health="ok"}')).toBe(1);
    expect(await figure('guazu_pool_connections{state="waiting"}')).toBe(0);
    expect(await figure("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThanOrEqual(0);
  });
});
