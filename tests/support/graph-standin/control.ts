import type { IncomingMessage, ServerResponse } from "node:http";
import { CONTROL_PAGE } from "./control-page";
import { type Fault, writeJson } from "./faults";
import type { GraphStandin, Standin } from "./start-graph-standin";
import type { CustomerMessage } from "./webhook-bodies";

type Api = Omit<GraphStandin, "url" | "close">;

function jsonOf(raw: Buffer): Record<string, unknown> {
  const value: unknown = JSON.parse(raw.length > 0 ? raw.toString("utf8") : "{}");
  if (typeof value !== "object" || value === null) throw new Error("the body must be a JSON object or array");
  return value as Record<string, unknown>;
}

const shown = (standin: Standin) =>
  standin.box.sent.map(({ wamid, at, phoneNumberId, address, type, text, body, correlation, outsideWindow }) => ({
    wamid,
    at: new Date(at).toISOString(),
    phone_number_id: phoneNumberId,
    to: address,
    type,
    text,
    correlation,
    outside_window: outsideWindow,
    body,
  }));

async function command(standin: Standin, api: Api, name: string, raw: Buffer): Promise<unknown> {
  switch (name) {
    case "GET /_outbox":
      return { data: shown(standin) };
    case "GET /_calls":
      return { data: standin.calls };
    case "GET /_webhooks":
      return { data: standin.sender.deliveries.map(({ body, statuses }) => ({ body, statuses })) };
    case "POST /_customer":
      return api.customerWrites(jsonOf(raw) as CustomerMessage | CustomerMessage[]);
    case "POST /_webhook":
      return { status: await api.deliver(raw) };
    case "POST /_connect":
      await api.connect(String(jsonOf(raw).url));
      return { connected: standin.state.callbackUrl };
    case "POST /_fault": {
      const { times, ...fault } = jsonOf(raw);
      api.fail(fault as Fault, { times: Number(times ?? 1) });
      return { planned: fault };
    }
    case "POST /_statuses":
      return Object.assign(standin.statuses, jsonOf(raw));
    case "POST /_rules":
      return Object.assign(standin.rules, jsonOf(raw));
    default:
      return undefined;
  }
}

/** The addresses by which a person, or a script outside, plays the customer and the platform. */
export async function answerControl(
  standin: Standin,
  api: Api,
  req: IncomingMessage,
  url: URL,
  raw: Buffer,
  res: ServerResponse,
) {
  if (url.pathname === "/") {
    res.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    return void res.end(CONTROL_PAGE);
  }
  try {
    const result = await command(standin, api, `${req.method} ${url.pathname}`, raw);
    if (result === undefined) writeJson(res, 404, { error: "no such command" });
    else writeJson(res, 200, result);
  } catch (error) {
    writeJson(res, 400, { error: error instanceof Error ? error.message : "failed" });
  }
}
