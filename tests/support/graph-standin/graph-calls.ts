import type { IncomingHttpHeaders } from "node:http";
import { badToken, type GraphError, missingObject } from "./graph-error";
import { acceptance, type SentMessage } from "./outbox";
import type { PageMessage, StandinPage } from "./pages";
import type { Standin } from "./start-graph-standin";
import type { StandinNumber } from "./webhook-bodies";

/** One call of the product, as it came. */
export type RecordedCall = {
  at: number;
  method: string;
  path: string;
  query: string;
  token: string;
  body: unknown;
  status: number;
  fault?: string;
};

type Result = {
  call: RecordedCall;
  answer?: unknown;
  error?: GraphError;
  accepted?: { message: SentMessage; number: StandinNumber };
  acceptedByPage?: { message: PageMessage; page: StandinPage };
};

const PATH = /^\/(?:v\d+\.\d+\/)?([^/]+)(?:\/([^/]+))?\/?$/;

function parsed(raw: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = raw.length === 0 ? {} : JSON.parse(raw.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function refusedToken(standin: Standin, token: string): GraphError | undefined {
  const subcode = standin.state.tokens.get(token);
  if (subcode === undefined) return badToken();
  return subcode === null ? undefined : badToken(subcode);
}

const numberInfo = (number: StandinNumber) => ({
  id: number.phoneNumberId,
  display_phone_number: `+${number.displayPhone}`,
  verified_name: "Stand-in",
  quality_rating: "GREEN",
  code_verification_status: "VERIFIED",
  status: "CONNECTED",
  platform_type: "CLOUD_API",
  throughput: { level: "STANDARD" },
});

function sendMessage(standin: Standin, number: StandinNumber, body: Record<string, unknown>): Omit<Result, "call"> {
  if (body.status === "read") {
    const known = typeof body.message_id === "string" && body.message_id.startsWith("wamid.");
    if (known) return { answer: { success: true } };
    return { error: { status: 400, code: 131009, message: "Parameter value is not valid" } };
  }
  const taken = standin.box.take(number, body);
  if ("status" in taken) return { error: taken };
  return { answer: acceptance(taken), accepted: { message: taken, number } };
}

function subscription(standin: Standin, wabaId: string, method: string): Omit<Result, "call"> {
  const { subscribed } = standin.state;
  if (method === "POST") subscribed.add(wabaId);
  if (method === "DELETE") subscribed.delete(wabaId);
  if (method !== "GET") return { answer: { success: true } };
  const app = { whatsapp_business_api_data: { id: "300000000000001", name: "Stand-in", link: "https://example.org" } };
  return { answer: { data: subscribed.has(wabaId) ? [app] : [] } };
}

async function sendAsPage(
  standin: Standin,
  page: StandinPage,
  body: Record<string, unknown>,
): Promise<Omit<Result, "call">> {
  const taken = await standin.pageBox.take(page, body);
  if ("status" in taken) return { error: taken };
  const { answer, message } = taken;
  return { answer, ...(message && { acceptedByPage: { message, page } }) };
}

async function carryOut(
  standin: Standin,
  method: string,
  path: string,
  body: Record<string, unknown>,
): Promise<Omit<Result, "call">> {
  const [, id = "", edge] = PATH.exec(path) ?? [];
  const number = standin.numbers.find((one) => one.phoneNumberId === id);
  const ofWaba = standin.numbers.filter((one) => one.wabaId === id);
  const what = `${method} ${edge ?? ""}`;
  const page = standin.pageBox.pages.find((one) => one.id === id);
  if (page && what === "POST messages") return sendAsPage(standin, page, body);
  if (number && what === "POST messages") return sendMessage(standin, number, body);
  if (number && what === "POST register") return { answer: { success: true } };
  if (number && what === "GET ") return { answer: numberInfo(number) };
  if (ofWaba.length > 0 && what === "GET phone_numbers") return { answer: { data: ofWaba.map(numberInfo) } };
  if (ofWaba.length > 0 && edge === "subscribed_apps") return subscription(standin, id, method);
  return { error: missingObject(id) };
}

/** A token sees only its own number, account and page; to all others the object does not exist. */
function allowed(standin: Standin, token: string, path: string): boolean {
  const id = PATH.exec(path)?.[1];
  const numbers = standin.numbers.filter((one) => one.phoneNumberId === id || one.wabaId === id);
  const owners = [...numbers, ...standin.pageBox.pages.filter((one) => one.id === id)];
  return owners.length === 0 || owners.some((one) => one.token === token);
}

/** Carries out one call of the Graph API and records it; the caller writes the answer. */
export async function graphCalls(
  standin: Standin,
  method: string,
  url: URL,
  headers: IncomingHttpHeaders,
  raw: Buffer,
): Promise<Result> {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  const token = bearer ?? url.searchParams.get("access_token") ?? "";
  const body = parsed(raw);
  const path = url.pathname;
  const call: RecordedCall = { at: standin.now(), method, path, query: url.search, token, body, status: 200 };
  standin.calls.push(call);
  const refusal = refusedToken(standin, token);
  const result: Omit<Result, "call"> = refusal
    ? { error: refusal }
    : body === null
      ? { error: { status: 400, code: 100, message: "Invalid parameter" } }
      : allowed(standin, token, path)
        ? await carryOut(standin, method, path, body)
        : { error: missingObject(PATH.exec(path)?.[1] ?? "") };
  call.status = result.error?.status ?? 200;
  return { call, ...result };
}
