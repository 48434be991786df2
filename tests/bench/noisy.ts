import { setTimeout as sleep } from "node:timers/promises";
import { type Api, apiOf } from "../support/product";
import type { Benchmark, Row } from "./benchmark";
import { type FloodRequest, startFlood } from "./driver/flood";
import { percentile } from "./driver/percentile";
import { type ProductWorld, startProductWorld } from "./subject/product-world";

/** Each may make 1,000 calls at once and 100 a second. */
const CALLERS = 20;
const CONNECTIONS = 64;
const WRITERS = 16;
const GUESTS = 40;
const NEIGHBOUR = "vecina";

type Neighbour = { api: Api; tickets: { id: string; conversation_id: string }[] };

/** Another organisation of the same installation, with a few open tickets. */
async function makeNeighbour({ product, database }: ProductWorld): Promise<Neighbour> {
  const admin = ["--admin-email", "eva@vecina.test", "--admin-password", "otra clave para medir"];
  await product.cli("org:create", "--handle", NEIGHBOUR, "--name", "Vecina", ...admin);
  await database.query("update channel set flow_id = null");
  for (let n = 0; n < 10; n++) {
    const headers = { "x-forwarded-for": `10.9.0.${n}`, "content-type": "application/json" };
    const address = `${product.url}/api/v1/public/${NEIGHBOUR}/conversations`;
    const opened = await fetch(address, { method: "POST", headers, body: "{}" });
    const { data } = (await opened.json()) as { data: { token: string; conversation_id: string } };
    const body = { client_id: crypto.randomUUID(), text: `hola ${n}` };
    await apiOf(product.url, data.token)("POST", `/conversations/${data.conversation_id}/messages`, body);
  }
  const { token } = await product.cli<{ token: string }>("token:create", "--org", NEIGHBOUR, "--scopes", "*");
  const api = apiOf(product.url, token);
  const { data: tickets } = await api<Neighbour["tickets"]>("GET", "/tickets?view=open");
  for (const { id } of tickets) await api("POST", `/tickets/${id}/claim`);
  return { api, tickets };
}

/** All that one organisation's people, programs and customers can ask for. */
async function noiseOf(world: ProductWorld): Promise<FloodRequest[]> {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const text = "mucho ruido";
  const get = (path: string, token: string): FloodRequest => ({ method: "GET", path: `/api/v1${path}`, token });
  const tokens = await world.memberTokens(CALLERS);
  const { guests } = world;
  return tokens.flatMap((token, place): FloodRequest[] => {
    const { conversation, token: guest } = guests[place % guests.length] as ProductWorld["guests"][number];
    const path = `/api/v1/conversations/${conversation}/messages`;
    return [
      get("/tickets?view=open&limit=40", token),
      get("/search/messages?q=ruido", token),
      get(`/reports/volume?from=${day(364)}&to=${day(0)}`, token),
      get("/contacts/export", token),
      { method: "POST", path, token, body: { text, visibility: "staff" } },
      { method: "POST", path, token, body: { text } },
      ...(place < WRITERS ? [{ method: "POST", path, token: guest, body: { text } } as const] : []),
      { method: "POST", path: "/api/v1/public/medida/conversations" },
    ];
  });
}

type Question = { what: string; ask: (neighbour: Neighbour, place: number) => Promise<{ status: number }> };
const at = ({ tickets }: Neighbour, place: number) => tickets[place % tickets.length] as Neighbour["tickets"][number];

const QUESTIONS: readonly Question[] = [
  { what: "open list", ask: ({ api }) => api("GET", "/tickets?view=open&limit=40") },
  {
    what: "opening a ticket",
    async ask(neighbour, place) {
      const { id, conversation_id } = at(neighbour, place);
      const answers = await Promise.all([
        neighbour.api("GET", `/tickets/${id}`),
        neighbour.api("GET", `/conversations/${conversation_id}/messages?limit=50`),
      ]);
      return { status: Math.max(...answers.map(({ status }) => status)) };
    },
  },
  {
    what: "sending",
    ask: (neighbour, place) =>
      neighbour.api("POST", `/conversations/${at(neighbour, place).conversation_id}/messages`, {
        client_id: crypto.randomUUID(),
        text: `respuesta ${place}`,
      }),
  },
];

/** At most some twenty a second, as people ask: without a pause it would be a noise of its own. */
const PAUSE_MS = 15;

async function measure(neighbour: Neighbour, times: number, taken: number[][]): Promise<void> {
  for (let n = 0; n < times; n++) {
    for (const [place, { what, ask }] of QUESTIONS.entries()) {
      const from = performance.now();
      const { status } = await ask(neighbour, n);
      taken[place]?.push(performance.now() - from);
      if (status >= 300) throw new Error(`the neighbour's ${what} was answered ${status}`);
      await sleep(PAUSE_MS);
    }
  }
}

/** Two organisations: one that is measured, while the other is silent and while it asks for all it can. */
export const noisy: Benchmark = {
  name: "noisy",
  title: "A neighbour's answers beside an organisation that asks for all it can",
  async run({ quick, say }) {
    const world = await startProductWorld(GUESTS);
    try {
      // Its tokens are of all members that there are by then.
      const noise = await noiseOf(world);
      const neighbour = await makeNeighbour(world);
      const silent = QUESTIONS.map(() => [] as number[]);
      const beside = QUESTIONS.map(() => [] as number[]);
      const times = quick ? 20 : 100;
      await measure(neighbour, 20, []);
      for (let round = 0; round < (quick ? 1 : 3); round++) {
        await measure(neighbour, times, silent);
        const flood = startFlood(world.product.url, noise, CONNECTIONS);
        // What it may do at once is spent first.
        await sleep(2_000);
        await measure(neighbour, times, beside);
        const { perSecond, refused } = await flood.stop();
        say(`the noise was answered ${Math.round(perSecond)} times a second, and refused ${refused} times`);
        await sleep(1_000);
      }
      return QUESTIONS.flatMap(({ what }, place): Row[] =>
        ([0.5, 0.99] as const).map((share) => ({
          what: `${what} beside the noise, p${share * 100}`,
          unit: "ms",
          ours: percentile(beside[place] ?? [], share),
          reference: { name: "silence", value: percentile(silent[place] ?? [], share) },
          ...(share === 0.99 && { goal: { most: 2 } }),
        })),
      );
    } finally {
      await world.stop();
    }
  },
};
