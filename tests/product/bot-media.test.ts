import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tusOf } from "../support/files/tus-client";
import { STANDIN_PAGE } from "../support/graph-standin/pages";
import { type GraphStandin, STANDIN_NUMBER, startGraphStandin } from "../support/graph-standin/start-graph-standin";
import { APP_SECRET, type Api, type Product, startProduct, VERIFY_TOKEN } from "../support/product";

const PHONE = "5493764123456";
const PERSON = "7000000000000001";
const ADDRESS = "https://fotos.ferreteria-guazu.com.py/local.png";

const position = { x: 0, y: 0 };
const items = (...labels: string[]) => labels.map((label, i) => ({ id: `i${i}`, label }));
const choice = (body: string, ...labels: string[]) => ({ body, items: items(...labels) });
const picture = (source: object, caption: string | null = null) => ({ media: "image", source, caption });

/** Everything that is more than a text: a picture by file and by address, buttons, a list, a card. */
const flowWith = (file: string) => ({
  ...{ schema: 1, name: "Vidriera", start: "start" },
  nodes: [
    { id: "start", kind: "start", position, settings: {} },
    { id: "ours", kind: "media", position, settings: picture({ from: "file", file }, "Nuestra vidriera") },
    { id: "theirs", kind: "media", position, settings: picture({ from: "url", url: ADDRESS }) },
    { id: "few", kind: "choice", position, settings: choice("¿Qué querés ver?", "Precios", "Local") },
    {
      id: "many",
      kind: "choice",
      position,
      settings: choice("¿De qué?", "Taladros", "Sierras", "Llaves", "Pinzas", "Otros"),
    },
    {
      ...{ id: "card", kind: "card", position },
      settings: {
        ...{ image: { from: "file", file }, title: "Taladro 13 mm", text: "Gs. 450.000" },
        buttons: items("Lo quiero", "Otro"),
      },
    },
    { id: "people", kind: "handoff", position, settings: { message: "Te paso con Ventas." } },
  ],
  edges: [
    ...["start.next>ours", "ours.next>theirs", "ours.failed>people", "theirs.next>few", "theirs.failed>people"],
    ...[
      "few.i0>many",
      "few.i1>many",
      ...[0, 1, 2, 3, 4].map((n) => `many.i${n}>card`),
      "card.i0>people",
      "card.i1>people",
    ],
  ].map((edge) => {
    const [from, exit, to] = edge.split(/[.>]/);
    return { from, exit, to };
  }),
});

describe("a bot that shows pictures, buttons, lists and cards", () => {
  let standin: GraphStandin;
  let product: Product;
  let api: Api;
  let bytes: Buffer;
  beforeAll(async () => {
    standin = await startGraphStandin({ appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN });
    product = await startProduct({ env: { META_GRAPH_URL: standin.url } });
    api = await product.api();
    bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: "teal" } })
      .png()
      .toBuffer();
    standin.web.set(ADDRESS, new Response(new Uint8Array(bytes), { headers: { "content-type": "image/png" } }));
    const flow = await api<{ id: string; revision: number }>("POST", "/flows", { draft: flowWith(await keptFile()) });
    const published = await api("POST", `/flows/${flow.data.id}/publish`, { revision: flow.data.revision });
    expect(published.status, JSON.stringify(published.error)).toBe(201);
    const { phoneNumberId, wabaId, token } = STANDIN_NUMBER;
    const number = { phone_number_id: phoneNumberId, waba_id: wabaId, access_token: token };
    const page = { page_id: STANDIN_PAGE.id, access_token: STANDIN_PAGE.token };
    for (const [kind, settings] of [
      ["whatsapp", number],
      ["messenger", page],
    ] as const) {
      const made = await api("POST", "/channels", { kind, settings, flow_id: flow.data.id });
      expect(made.status, JSON.stringify(made.error)).toBe(201);
    }
    await standin.connect(`${product.url}/webhooks/meta`);
  });
  afterAll(async () => {
    await product?.dispose();
    await standin?.close();
  });

  /** A file of the organisation, as somebody brought it. */
  async function keptFile(): Promise<string> {
    const opened = await fetch(`${product.url}/api/v1/public/demo/conversations`, { method: "POST" });
    const { data } = (await opened.json()) as { data: { token: string; conversation_id: string } };
    const guest = tusOf(() => product.url, { authorization: `Bearer ${data.token}` });
    return guest.send(bytes, { conversation: data.conversation_id, filename: "vidriera.png" });
  }

  /** What a message said once it is there, as the provider took it. */
  const arrives = async <Message>(sent: readonly Message[], count: number): Promise<readonly Message[]> => {
    await expect.poll(() => sent.length).toBeGreaterThanOrEqual(count);
    return sent;
  };
  const bodiesTo = async (count: number) => (await arrives(standin.box.sent, count)).map(({ body }) => body);
  const pageBodies = async (count: number) =>
    (await arrives(standin.pageBox.sent, count)).map(({ body }) => body.message as Record<string, unknown>);
  const tap = (type: "button_reply" | "list_reply", id: string, title: string) =>
    standin.customerWrites({
      from: PHONE,
      message: { type: "interactive", interactive: { type, [type]: { id, title } } },
    });
  const ours = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/media\/[0-9a-f-]{36}\?until=\d+&signature=/);

  it("does so on WhatsApp, and WhatsApp gets each picture", async () => {
    await standin.customerWrites({ from: PHONE, name: "Rosa", text: "hola" });
    const [file, address, few] = await bodiesTo(3);
    expect(file).toMatchObject({ type: "image", image: { link: ours, caption: "Nuestra vidriera" } });
    expect(address).toMatchObject({ type: "image", image: { link: ADDRESS } });
    expect(few).toMatchObject({
      interactive: {
        type: "button",
        body: { text: "¿Qué querés ver?" },
        action: {
          buttons: [{ reply: { id: "few:i0", title: "Precios" } }, { reply: { id: "few:i1", title: "Local" } }],
        },
      },
    });
    await tap("button_reply", "few:i0", "Precios");
    const many = (await bodiesTo(4))[3];
    expect(many).toMatchObject({ interactive: { type: "list", action: { sections: [{ rows: { length: 5 } }] } } });
    await tap("list_reply", "many:i1", "Sierras");
    const card = (await bodiesTo(5))[4];
    expect(card).toMatchObject({
      interactive: {
        type: "button",
        header: { type: "image", image: { link: ours } },
        body: { text: "Taladro 13 mm\nGs. 450.000" },
        action: { buttons: [{ reply: { id: "card:i0", title: "Lo quiero" } }, { reply: { id: "card:i1" } }] },
      },
    });
    await tap("button_reply", "card:i0", "Lo quiero");
    expect((await bodiesTo(6))[5]).toMatchObject({ type: "text", text: { body: "Te paso con Ventas." } });
    await standin.idle();
    expect(standin.box.sent.filter(({ unfetched }) => unfetched)).toEqual([]);
    expect(standin.fetched.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const got of standin.fetched) expect(got.bytes.equals(bytes)).toBe(true);
    const [signed] = standin.fetched;
    expect([signed?.type, signed?.headers.get("cache-control")]).toEqual(["image/png", "private, no-store"]);
  });

  it("does so on Messenger, whose cards are cards", async () => {
    await standin.personWrites({ from: PERSON, text: "hola" });
    const [file, caption, address, few] = await pageBodies(4);
    expect(file).toMatchObject({ attachment: { type: "image", payload: { url: ours } } });
    expect(caption).toMatchObject({ text: "Nuestra vidriera" });
    expect(address).toMatchObject({ attachment: { type: "image", payload: { url: ADDRESS } } });
    expect(few).toMatchObject({
      text: "¿Qué querés ver?",
      quick_replies: [
        { title: "Precios", payload: "few:i0" },
        { title: "Local", payload: "few:i1" },
      ],
    });
    await standin.personWrites({ from: PERSON, text: "Local", quickReply: "few:i1" });
    const many = (await pageBodies(5))[4];
    expect(many).toMatchObject({ text: "¿De qué?", quick_replies: { length: 5 } });
    await standin.personWrites({ from: PERSON, text: "Pinzas", quickReply: "many:i3" });
    const card = (await pageBodies(6))[5];
    expect(card).toMatchObject({
      attachment: {
        type: "template",
        payload: {
          template_type: "generic",
          elements: [
            {
              ...{ title: "Taladro 13 mm", subtitle: "Gs. 450.000", image_url: ours },
              buttons: [{ type: "postback", title: "Lo quiero", payload: "card:i0" }, { payload: "card:i1" }],
            },
          ],
        },
      },
    });
    await standin.personWrites({ from: PERSON, postback: { title: "Otro", payload: "card:i1" } });
    expect((await pageBodies(7))[6]).toMatchObject({ text: "Te paso con Ventas." });
    await standin.idle();
    expect(standin.fetched.slice(3).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await product.cli<{ data: unknown[] }>("jobs:dead")).data).toEqual([]);
  });
});
