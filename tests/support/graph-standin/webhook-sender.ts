import { createHmac } from "node:crypto";
import { wireJson } from "./wire-json";

/** How a body is signed; all but `right` must be refused. */
export type SignatureMode = "right" | "wrong_secret" | "none" | "sha1" | "upper_case" | "other_body";

export type Delivery = { body: unknown; raw: Buffer; headers: Record<string, string>; statuses: number[] };

export type SendOptions = { secret: string; signature?: SignatureMode; retry?: boolean };

const hmac = (algorithm: string, secret: string, raw: Buffer) =>
  `${algorithm}=${createHmac(algorithm, secret).update(raw).digest("hex")}`;

function signatureHeaders(raw: Buffer, secret: string, mode: SignatureMode): Record<string, string> {
  const name = "X-Hub-Signature-256";
  const right = hmac("sha256", secret, raw);
  switch (mode) {
    case "none":
      return {};
    case "wrong_secret":
      return { [name]: hmac("sha256", `not ${secret}`, raw) };
    case "sha1":
      return { "X-Hub-Signature": hmac("sha1", secret, raw) };
    case "upper_case":
      return { [name]: `sha256=${right.slice("sha256=".length).toUpperCase()}` };
    case "other_body":
      return { [name]: hmac("sha256", secret, Buffer.concat([raw, Buffer.from(" ")])) };
    case "right":
      return { [name]: right };
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function attempt(url: string, delivery: Delivery): Promise<number> {
  try {
    const signal = AbortSignal.timeout(5000);
    const body = new Uint8Array(delivery.raw);
    const response = await fetch(url, { method: "POST", body, headers: delivery.headers, redirect: "manual", signal });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

async function deliver(
  url: string,
  delivery: Delivery,
  delays: readonly number[],
  stopped: () => boolean,
): Promise<number> {
  for (const delay of delays) {
    if (delay > 0) await pause(delay);
    if (stopped()) break;
    const status = await attempt(url, delivery);
    delivery.statuses.push(status);
    if (status === 200) break;
  }
  return delivery.statuses.at(-1) ?? 0;
}

/**
 * Delivers webhooks as Meta does: exact bytes, signed; again and again until 200, each attempt given five seconds.
 * @param retryDelaysMs pauses between attempts; after the last the body is dropped
 */
export function webhookSender(retryDelaysMs: readonly number[]) {
  const deliveries: Delivery[] = [];
  const pending = new Set<Promise<unknown>>();
  let stopped = false;
  return {
    deliveries,
    /** Sends one body, a Buffer as it is, and gives the status of the last attempt, 0 for none. */
    send(url: string, body: unknown, { secret, signature = "right", retry = true }: SendOptions): Promise<number> {
      const raw = Buffer.isBuffer(body) ? body : wireJson(body);
      const signed = signatureHeaders(raw, secret, signature);
      const headers = { "Content-Type": "application/json", "User-Agent": "facebookexternalua", ...signed };
      const delivery: Delivery = { body, raw, headers, statuses: [] };
      deliveries.push(delivery);
      const work = deliver(url, delivery, [0, ...(retry ? retryDelaysMs : [])], () => stopped);
      pending.add(work);
      return work.finally(() => pending.delete(work));
    },
    /** Resolves once nothing is on its way. */
    async idle() {
      while (pending.size > 0) await Promise.allSettled([...pending]);
    },
    stop() {
      stopped = true;
    },
  };
}
