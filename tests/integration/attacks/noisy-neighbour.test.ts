import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { adoptRateLimiter, createToken } from "~/modules/accounts/index.server";
import { newId } from "~/platform/ids";
import { memoryRateLimiter } from "~/platform/limits/rate-limit.server";
import { transactAsSystem } from "~/platform/transact.server";
import { answerCall } from "../../../app/routes/api.v1.$/answer-call.server";
import { type Asked, callApi } from "../../support/api-calls";
import { type Customer, makeCustomer, makeWorld, type World, withProduct } from "../../support/world";

withProduct();

type House = World & { token: string; customer: Customer };

async function makeHouse(): Promise<House> {
  const world = await makeWorld();
  const customer = await makeCustomer(world);
  await customer.writes("hola");
  const { token } = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: "test", scopes: ["*"] }),
  );
  return { ...world, token, customer };
}

let noisy: House;
let quiet: House;
beforeAll(async () => {
  // Nothing comes back with time, so that what is refused does not depend on how fast this machine is.
  adoptRateLimiter(memoryRateLimiter(() => 0));
  [noisy, quiet] = [await makeHouse(), await makeHouse()];
});

afterAll(() => adoptRateLimiter(memoryRateLimiter()));

const today = new Date().toISOString().slice(0, 10);
type Heard = { status: number; code?: string };
type Deed = (house: House) => Promise<Heard>;
const heardOf = ({ status, body }: Asked): Heard => ({ status, code: body.error?.code });

const get =
  (path: string): Deed =>
  async ({ token }) =>
    heardOf(await callApi("GET", path, token));
const says = (who: (house: House) => string, more: object = {}): Deed => {
  return async (house) =>
    heardOf(
      await callApi("POST", `/conversations/${house.customer.conversationId}/messages`, who(house), {
        client_id: newId(),
        text: "hola",
        ...more,
      }),
    );
};
/** All of a house come from one address. */
const opensChat: Deed = async ({ handle, orgId }) => {
  const request = new Request(`https://guazu.test/api/v1/public/${handle}/conversations`, { method: "POST" });
  const clientAddress = `2001:db8:${orgId.slice(-4)}::1`;
  return answerCall(request, { requestId: "r", clientAddress } as never);
};

/** What one organisation can ask for, and how often it takes until it is told to wait; null: it counts among its calls. */
const DEEDS: Record<string, [deed: Deed, refusedAfter: number | null]> = {
  "opening chats by the public link": [opensChat, 60],
  "messages of a customer": [says(({ customer }) => customer.token), 100],
  "messages of a program": [says(({ token }) => token), null],
  notes: [says(({ token }) => token, { visibility: "staff" }), null],
  searches: [get("/search/messages?q=hola"), null],
  lists: [get("/tickets?view=open"), null],
  exports: [get("/contacts/export"), null],
  reports: [get(`/reports/volume?from=${today}&to=${today}`), null],
};

const countOf = (answers: readonly { status: number }[], status: number) =>
  answers.filter((one) => one.status === status).length;

/** While one organisation does a thing so often, the other does all things once, over and over. */
async function beside(deed: Deed, times: number) {
  const noise = Promise.all(Array.from({ length: times }, () => deed(noisy)));
  let over = false;
  void noise.finally(() => {
    over = true;
  });
  const heard: [string, number][] = [];
  do {
    for (const [name, [one]] of Object.entries(DEEDS)) heard.push([name, (await one(quiet)).status]);
  } while (!over && heard.length < 40);
  return { noise: await noise, heard };
}

const all = Object.entries(DEEDS);
const limited = all.flatMap(([name, [deed, most]]) => (most === null ? [] : [[name, deed, most] as const]));

describe("an organisation that asks for all it can (TG8)", () => {
  it.each(limited)("is refused %s at its own limit, and its neighbour nothing", async (_, deed, most) => {
    const { noise, heard } = await beside(deed, most + 40);
    expect(countOf(noise, 201)).toBe(most);
    expect(countOf(noise, 429) + countOf(noise, 201)).toBe(noise.length);
    expect(heard.filter(([, status]) => status >= 300)).toEqual([]);
  });

  it("is refused calls of whatever kind at its token's limit, and its neighbour none", async () => {
    const kinds = all.flatMap(([, [deed, most]]) => (most === null ? [deed] : []));
    let turn = 0;
    const mixed: Deed = (house) => (kinds[turn++ % kinds.length] as Deed)(house);
    const some = await beside(mixed, 120);
    // The rest of its thousand by what costs least.
    const rest = await beside(get("/me"), 1_000);
    const noise = [...some.noise, ...rest.noise];
    // A search may be refused since four of the same person are under way; such a call counts all the same.
    const busy = noise.filter(({ code }) => code === "search_busy").length;
    expect(countOf(noise, 429) - busy).toBe(noise.length - 1_000);
    expect(noise.every(({ status }) => status < 300 || status === 429)).toBe(true);
    expect([...some.heard, ...rest.heard].filter(([, status]) => status >= 300)).toEqual([]);
  });
});
