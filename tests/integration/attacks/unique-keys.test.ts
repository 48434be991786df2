import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { setReachability } from "~/modules/accounts/identity/reachability.server";
import { createOrganisation, createToken } from "~/modules/accounts/index.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { callApi } from "../../support/api-calls";
import { makeAccount, makeCustomer, makeWorld, type World, withProduct } from "../../support/world";

withProduct();

type House = World & { token: string; conversationId: string; contactId: string };

async function makeHouse(): Promise<House> {
  const world = await makeWorld();
  const [customer, { token }] = await Promise.all([
    makeCustomer(world),
    transactAsSystem(SYSTEM, "test", (ctx) =>
      createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: "test", scopes: ["*"] }),
    ),
  ]);
  await customer.writes("hola");
  return { ...world, token, conversationId: customer.conversationId, contactId: customer.guest.contactId };
}

/** Who has the value already, and two who are alike: one tries what the first has, one what nobody has. */
let owner: House;
let curious: House;
let innocent: House;
beforeAll(async () => {
  [owner, curious, innocent] = (await Promise.all([makeHouse(), makeHouse(), makeHouse()])) as [House, House, House];
});

type Call = { method?: string; path: string; body: object; headers?: Record<string, string> };
type Key = {
  value: () => string;
  call: (value: string, house: House) => Call;
  /** What its owner is answered who writes it again: that it is a key at all. */
  again?: number;
};

let phones = 41_000_000;
let days = 0;
const word = () => `valor-${newId().slice(-8)}`;
const email = () => `${word()}@example.test`;
const day = () => new Date(Date.UTC(2027, 0, 1) + ++days * 86_400_000).toISOString().slice(0, 10);
const steps = [{ do: "note", text: "hola" }];
const filter = "?view=open";
const later = new Date(Date.now() + 3_600_000).toISOString();
const phone = () => `+54911${++phones}`;

const KEYS: Record<string, Key> = {
  "a contact's telephone": {
    value: phone,
    call: (value) => ({ path: "/contacts", body: { name: "Eva", phone: value } }),
  },
  "a contact's address": {
    value: email,
    call: (value) => ({ path: "/contacts", body: { name: "Eva", email: value } }),
  },
  "a contact's new address": {
    value: email,
    call: (value, { contactId }) => ({ method: "PATCH", path: `/contacts/${contactId}`, body: { email: value } }),
  },
  "a tag": { value: word, call: (name) => ({ path: "/tags", body: { name } }), again: 409 },
  "an area": { value: word, call: (name) => ({ path: "/areas", body: { name } }), again: 409 },
  "a canned reply's shortcut": {
    value: word,
    call: (shortcut) => ({
      path: "/canned-replies",
      body: { scope: "organisation", shortcut, title: "Hola", text: "hola" },
    }),
    again: 409,
  },
  "a macro": {
    value: word,
    call: (name) => ({ path: "/macros", body: { scope: "organisation", name, steps } }),
    again: 409,
  },
  "a saved view": { value: word, call: (name) => ({ path: "/views", body: { name, filter, shared: true } }) },
  "a field of one's own": {
    value: word,
    call: (label) => ({ path: "/custom-fields", body: { subject: "contact", label, kind: "text" } }),
  },
  "a webhook's address": {
    value: () => `https://shop.example/${word()}`,
    call: (url) => ({ path: "/webhooks", body: { url, events: ["ticket.changed"] } }),
  },
  "a holiday": {
    value: day,
    call: (value) => ({ path: "/holidays", body: { name: "Feriado", day: value } }),
    again: 409,
  },
  "an invited address": {
    value: email,
    call: (value) => ({ path: "/members", body: { role: "agent", email: value } }),
  },
  "a number of WhatsApp, signed by an app of one's own": {
    value: phone,
    call: (value, { handle }) => ({
      path: "/channels",
      body: {
        kind: "whatsapp",
        settings: { phone_number_id: value.slice(1), waba_id: "100", access_token: "token", app_secret: handle },
      },
    }),
    again: 409,
  },
  "a message's client_id": {
    value: newId,
    call: (client_id, { conversationId }) => ({
      path: `/conversations/${conversationId}/messages`,
      body: { client_id, text: "hola" },
    }),
    again: 200,
  },
  "a scheduled message's client_id": {
    value: newId,
    call: (client_id, { conversationId }) => ({
      path: `/conversations/${conversationId}/scheduled-messages`,
      body: { client_id, text: "hola", send_at: later },
    }),
    again: 201,
  },
  "an Idempotency-Key": {
    value: word,
    call: (key) => ({ path: "/contacts", body: { name: "Eva" }, headers: { "idempotency-key": key } }),
    again: 201,
  },
};

async function write(key: Key, value: string, house: House) {
  const { method = "POST", path, body, headers } = key.call(value, house);
  const answer = await callApi(method, path, house.token, body, headers);
  const { orgId, handle, conversationId, contactId } = house;
  const own = [value, value.replace("+", ""), value.toLowerCase(), orgId, handle, conversationId, contactId];
  const text = own.reduce((left, one) => left.replaceAll(one, "…"), answer.text);
  return {
    status: answer.status,
    body: text
      .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, "id")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "time")
      .replace(/"(secret|link|key|phone)":"[^"]*"/g, '"$1":"…"'),
    headers: [...answer.headers.keys()],
  };
}

describe("what another organisation has (TA9)", () => {
  it.each(Object.entries(KEYS))("does not show when %s is written that it has", async (_, key) => {
    const value = key.value();
    const first = await write(key, value, owner);
    expect(first.status, first.body).toBeLessThan(300);
    if (key.again) expect((await write(key, value, owner)).status).toBe(key.again);
    const [taken, free] = [await write(key, value, curious), await write(key, key.value(), innocent)];
    expect(taken).toEqual(free);
    expect(taken.status, taken.body).toBeLessThan(300);
  });

  it("does not show by who is invited: an account of theirs, or nobody", async () => {
    const invited: Key = {
      value: email,
      call: (value) => ({ path: "/members", body: { role: "agent", email: value } }),
    };
    const theirs = await write(invited, owner.agent.email, curious);
    expect(theirs).toEqual(await write(invited, `${newId()}@example.test`, innocent));
  });

  it("shows where it must, in the words for one's own: an account of a provider is one channel's", async () => {
    const number = phone().slice(1);
    const settings = { phone_number_id: number, waba_id: "100", access_token: "token" };
    const connect = (house: House) =>
      callApi("POST", "/channels", house.token, { kind: "whatsapp", settings }).then(({ status, text }) => ({
        status,
        text,
      }));
    expect((await connect(owner)).status).toBe(201);
    const own = await connect(owner);
    expect(own.status).toBe(409);
    // What it sends is signed by the installation's app, and can be only one's; whose it is, is not told.
    expect(await connect(curious)).toEqual(own);
  });

  it("shows where it is public: a handle is an address, of an organisation or a person, and says no more", async () => {
    const person = await makeAccount("Eva");
    const handle = `eva-${newId().slice(-8)}`;
    await setReachability(person, { handle, findable: false });
    const found = (taken: string) =>
      transactAsSystem(person, "test", (ctx) =>
        createOrganisation(ctx, { handle: taken, name: "Casa", locale: "es", areaName: "General" }),
      ).then(
        () => "made",
        ({ status, code, data }: { status: number; code: string; data: unknown }) => ({ status, code, data }),
      );
    const taken = { status: 409, code: "handle_taken", data: undefined };
    expect([await found(owner.handle), await found(handle)]).toEqual([taken, taken]);
    await expect(
      setReachability(await makeAccount("Leo"), { handle: owner.handle, findable: false }),
    ).rejects.toMatchObject(taken);
    expect(await found(`${handle}-2`)).toBe("made");
  });
});
