import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { linksOf } from "./check-message";
import { answerControl } from "./control";
import { customerBook } from "./customers";
import { acceptsFirst, type Fault, faultQueue, spoil, writeError, writeJson } from "./faults";
import { fetcher } from "./fetched";
import { graphCalls, type RecordedCall } from "./graph-calls";
import { type OutboxRules, outbox, type SentMessage } from "./outbox";
import {
  type PageMessage,
  type PageWriting,
  pageBox,
  STANDIN_INSTAGRAM,
  STANDIN_PAGE,
  type StandinPage,
} from "./pages";
import { ORDERLY, randomOf, type StatusScript, statusBodies } from "./statuses";
import {
  bodyOf,
  type CustomerMessage,
  contactOf,
  customerOf,
  inboundMessage,
  messagesChange,
  newWamid,
  type StandinNumber,
} from "./webhook-bodies";
import { type SendOptions, type SignatureMode, webhookSender } from "./webhook-sender";

export type StandinOptions = {
  port?: number;
  appSecret: string;
  verifyToken?: string;
  /** Where webhooks go; `connect` sets it after asking for the challenge. */
  callbackUrl?: string;
  /** Milliseconds; windows, rates and times follow it. */
  clock?: () => number;
  numbers?: StandinNumber[];
  pages?: StandinPage[];
  retryDelaysMs?: readonly number[];
  seed?: number;
};

export const STANDIN_NUMBER: StandinNumber = {
  phoneNumberId: "100000000000001",
  wabaId: "200000000000001",
  displayPhone: "541150000001",
  token: "standin-token",
};

const RETRIES_MS = [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000];

/** Everything that the parts of the stand-in share. */
export type Standin = ReturnType<typeof createStandin>;

function createStandin(options: StandinOptions) {
  const now = options.clock ?? Date.now;
  const rules: OutboxRules = { window: "async", pairBurst: 0, perSecond: 0 };
  const book = customerBook(now);
  const numbers = options.numbers ?? [STANDIN_NUMBER];
  const pages = options.pages ?? [STANDIN_PAGE, STANDIN_INSTAGRAM];
  const state = {
    callbackUrl: options.callbackUrl,
    /** Token to the subcode with which it is refused; null for one that works. */
    tokens: new Map<string, number | null>([...numbers, ...pages].map(({ token }) => [token, null])),
    subscribed: new Set(numbers.map((number) => number.wabaId)),
  };
  const calls: RecordedCall[] = [];
  /** Calls under way, with the statuses that follow them. */
  const busy = new Set<Promise<void>>();
  const faults = faultQueue();
  const statuses: StatusScript = structuredClone(ORDERLY);
  const box = outbox(book, now, rules);
  const { fetched, web, fetchAll } = fetcher();
  const sender = webhookSender(options.retryDelaysMs ?? RETRIES_MS);
  return {
    options,
    busy,
    now,
    rules,
    book,
    numbers,
    state,
    calls,
    faults,
    statuses,
    box,
    pageBox: pageBox(pages, now, fetchAll),
    /** What it got from the addresses that messages named. */
    fetched,
    /** What lies at addresses that are asked instead of the real web's. */
    web,
    fetchAll,
    sender,
    random: randomOf(options.seed ?? 1),
  };
}

const secretOf = (standin: Standin, number: StandinNumber | StandinPage | undefined) =>
  number?.appSecret ?? standin.options.appSecret;

/** Delivers a body as it stands; 0 when nobody is connected. */
async function deliver(standin: Standin, body: unknown, options: SendOptions): Promise<number> {
  const url = standin.state.callbackUrl;
  return url ? standin.sender.send(url, body, options) : 0;
}

async function tellStatuses(
  standin: Standin,
  message: SentMessage,
  number: StandinNumber,
  part: "first" | "rest" | "all",
) {
  const bodies = statusBodies(message, number, standin.statuses, standin.now(), standin.random);
  const chosen = part === "all" ? bodies : part === "first" ? bodies.slice(0, 1) : bodies.slice(1);
  for (const body of chosen) {
    if (standin.statuses.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, standin.statuses.delayMs));
    await deliver(standin, body, { secret: secretOf(standin, number) });
  }
}

async function tellPage(standin: Standin, message: PageMessage, page: StandinPage) {
  for (const body of standin.pageBox.following(page, message))
    await deliver(standin, body, { secret: secretOf(standin, page) });
}

/** A person writes to a page; the status of the webhook, and the message's id. */
async function personWrites(standin: Standin, given: PageWriting) {
  const { page, mid, body } = standin.pageBox.writing(given);
  return { mid, status: await deliver(standin, body, { secret: secretOf(standin, page) }) };
}

export type WriteOptions = {
  signature?: SignatureMode;
  /** `entries`: each message in an entry of its own; `one_change`: all of a number in one `messages[]`. */
  layout?: "entries" | "one_change";
  retry?: boolean;
  /** How often the same body is delivered. */
  copies?: number;
};

/** Customers write; all in one body, which may hold several tenants. */
async function customerWrites(
  standin: Standin,
  given: CustomerMessage | CustomerMessage[],
  options: WriteOptions = {},
) {
  const written = (Array.isArray(given) ? given : [given]).map((input) => {
    const number = standin.numbers.find((one) => one.phoneNumberId === input.to) ?? standin.numbers[0]!;
    const customer = standin.book.learn(customerOf(input));
    const wamid = input.wamid ?? newWamid();
    standin.book.wrote(number.phoneNumberId, customer, input.at ?? standin.now());
    return {
      number,
      contact: contactOf(customer),
      message: inboundMessage(input, customer, wamid, standin.now()),
      wamid,
    };
  });
  const numbers = new Set(written.map((one) => one.number));
  const byNumber = [...numbers].map((number) => written.filter((one) => one.number === number));
  const groups = options.layout === "one_change" ? byNumber : written.map((one) => [one]);
  const entries = groups.map((group) => {
    const value = { contacts: group.map((one) => one.contact), messages: group.map((one) => one.message) };
    return { id: group[0]!.number.wabaId, changes: [messagesChange(group[0]!.number, value)] };
  });
  const send = () =>
    deliver(standin, bodyOf(entries), {
      secret: secretOf(standin, written[0]?.number),
      signature: options.signature,
      retry: options.retry,
    });
  const statuses = await Promise.all(Array.from({ length: options.copies ?? 1 }, send));
  return { wamids: written.map((one) => one.wamid), status: statuses.at(-1) ?? 0, statuses };
}

async function verifyCallback(standin: Standin, callbackUrl: string): Promise<void> {
  const challenge = String(Math.floor(standin.random() * 2 ** 31));
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.challenge": challenge,
    "hub.verify_token": standin.options.verifyToken ?? "",
  });
  const response = await fetch(`${callbackUrl}?${query}`, { redirect: "manual" });
  const answer = await response.text();
  if (response.status !== 200 || answer !== challenge) {
    throw new Error(`the callback was not verified: ${response.status} ${answer.slice(0, 100)}`);
  }
  standin.state.callbackUrl = callbackUrl;
}

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function answer(standin: Standin, req: IncomingMessage, res: ServerResponse) {
  const raw = await readBody(req);
  const url = new URL(req.url ?? "/", "http://standin.invalid");
  if (url.pathname === "/" || url.pathname.startsWith("/_"))
    return answerControl(standin, api(standin), req, url, raw, res);
  const method = req.method ?? "GET";
  const fault = standin.faults.take(method, url.pathname);
  if (fault && !acceptsFirst(fault)) {
    standin.calls.push({
      at: standin.now(),
      method,
      path: url.pathname,
      query: url.search,
      token: "",
      body: undefined,
      status: 0,
      fault: fault.kind,
    });
    return spoil(fault, req, res, undefined);
  }
  const result = await graphCalls(standin, method, url, req.headers, raw);
  const accepted = result.accepted;
  if (accepted && !(await standin.fetchAll(linksOf(accepted.message.body)))) accepted.message.unfetched = true;
  if (accepted && standin.statuses.beforeAnswer)
    await tellStatuses(standin, accepted.message, accepted.number, "first");
  if (fault) result.call.fault = fault.kind;
  if (fault) spoil(fault, req, res, result.answer);
  else if (result.error) writeError(res, result.error);
  else writeJson(res, 200, result.answer);
  if (accepted)
    await tellStatuses(standin, accepted.message, accepted.number, standin.statuses.beforeAnswer ? "rest" : "all");
  if (result.acceptedByPage) await tellPage(standin, result.acceptedByPage.message, result.acceptedByPage.page);
}

/** What a test or a person does with the stand-in. */
function api(standin: Standin) {
  const { appSecret } = standin.options;
  return {
    ...standin,
    /** Asks the callback for the challenge, and sends webhooks there from now on. */
    connect: (callbackUrl: string) => verifyCallback(standin, callbackUrl),
    customerWrites: (given: CustomerMessage | CustomerMessage[], options?: WriteOptions) =>
      customerWrites(standin, given, options),
    personWrites: (given: PageWriting) => personWrites(standin, given),
    /** Delivers any body, a Buffer byte for byte. */
    deliver: (body: unknown, options: Partial<SendOptions> = {}) =>
      deliver(standin, body, { secret: appSecret, ...options }),
    /** The next calls go wrong. */
    fail: (fault: Fault, options?: { times?: number; method?: string; path?: RegExp }) =>
      standin.faults.plan(fault, options),
    killToken: (token: string, subcode = 463) => void standin.state.tokens.set(token, subcode),
    reviveToken: (token: string) => void standin.state.tokens.set(token, null),
    /** The words that reached a customer, in order. */
    textsTo: (phone: string) => {
      const customer = standin.book.find({ waId: phone.replace(/\D/g, "") });
      return standin.box.sent.filter((one) => one.customer === customer && !one.outsideWindow).map((one) => one.text);
    },
    /** Resolves once every call is answered and no webhook is on its way or still to come of one. */
    idle: async () => {
      while (standin.busy.size > 0) await Promise.all([...standin.busy]);
      await standin.sender.idle();
    },
  };
}

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

export type GraphStandin = ReturnType<typeof api> & { url: string; close: () => Promise<void> };

/**
 * A server that behaves as Meta's Graph API does for WhatsApp's text, media and interactive messages, and for those of
 * pages and Instagram accounts: set META_GRAPH_URL to its `url`. It checks what it is sent, fetches what that links to,
 * keeps windows and rates by its own clock, and sends signed webhooks.
 */
export async function startGraphStandin(options: StandinOptions): Promise<GraphStandin> {
  const standin = createStandin(options);
  const server = createServer((req, res) => {
    const work = answer(standin, req, res).catch(() => void res.destroy());
    standin.busy.add(work);
    void work.finally(() => standin.busy.delete(work));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    standin.sender.stop();
    await close(server);
  };
  return { ...api(standin), url: `http://127.0.0.1:${port}`, close: stop };
}
