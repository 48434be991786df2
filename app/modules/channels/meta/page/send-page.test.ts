import { describe, expect, it } from "vitest";
import { instagramDriver } from "../../instagram/driver.server";
import { messengerDriver } from "../../messenger/driver.server";
import type { OutboundCard, OutboundContent } from "../../outbound-message";
import { whatsAppDriver } from "../../whatsapp/driver.server";
import { requestBody } from "../../whatsapp/request-body";

const drivers = {
  messenger: { driver: messengerDriver, settings: { page_id: "12", access_token: "t" }, kind: "psid" },
  instagram: { driver: instagramDriver, settings: { ig_id: "34", access_token: "t" }, kind: "igsid" },
} as const;

/** Sends what a content becomes, and gives what was posted where. */
async function posted(name: keyof typeof drivers, content: OutboundContent) {
  const { driver, settings, kind } = drivers[name];
  const calls: { url: string; body: { message: object } }[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    calls.push({ url, body: JSON.parse(String(init.body)) });
    return new Response(JSON.stringify({ recipient_id: "7", message_id: `m_${calls.length}` }));
  }) as typeof globalThis.fetch;
  const base = {
    id: "ours",
    to: [{ kind, key: "7", raw: "7" }],
    author: "bot",
    visibility: "public",
    attempt: 0,
  } as const;
  for (const part of driver.plan(content)) {
    const http = { graphUrl: "https://graph.test", version: "v1", timeoutMs: 1000, fetch };
    const receipt = await driver.send({ ...base, content: part }, settings, http);
    expect(receipt).toEqual({ outcome: "sent", externalId: `m_${calls.length}`, addresses: [] });
  }
  return calls;
}
const messages = async (name: keyof typeof drivers, content: OutboundContent) =>
  (await posted(name, content)).map(({ body }) => body.message);

const card = (over: Partial<OutboundCard> = {}): OutboundCard => {
  const buttons = over.buttons ?? [{ id: "c:1", title: "Pedir" }];
  const text = "Pizza\nGrande";
  return {
    type: "card",
    picture: "https://x.test.com/p.jpg",
    title: "Pizza",
    text: "Grande",
    buttons,
    choice: { type: "buttons", text, buttons },
    ...over,
  };
};
const photo: OutboundContent = { type: "media", media: "image", url: "https://x.test.com/a.jpg", caption: "Mirá" };

describe("Messenger and Instagram", () => {
  it("send a text with our mark where there is a place for it, to the person of the channel", async () => {
    expect(await posted("messenger", { type: "text", text: "Hola" })).toEqual([
      {
        url: "https://graph.test/v1/12/messages",
        body: { recipient: { id: "7" }, messaging_type: "RESPONSE", message: { text: "Hola", metadata: "ours" } },
      },
    ]);
    expect(await posted("instagram", { type: "text", text: "Hola" })).toEqual([
      { url: "https://graph.test/v1/34/messages", body: { recipient: { id: "7" }, message: { text: "Hola" } } },
    ]);
  });

  it("send a picture by its address and its words apart, buttons as quick replies", async () => {
    expect(await messages("instagram", photo)).toEqual([
      { attachment: { type: "image", payload: { url: "https://x.test.com/a.jpg" } } },
      { text: "Mirá" },
    ]);
    const buttons: OutboundContent = { type: "buttons", text: "¿Qué?", buttons: [{ id: "a", title: "Uno" }] };
    expect(await messages("instagram", buttons)).toEqual([
      { text: "¿Qué?", quick_replies: [{ content_type: "text", title: "Uno", payload: "a" }] },
    ]);
  });

  it("send a card as one, or its picture and its choice where it is too large", async () => {
    const element = {
      title: "Pizza",
      subtitle: "Grande",
      image_url: "https://x.test.com/p.jpg",
      buttons: [{ type: "postback", title: "Pedir", payload: "c:1" }],
    };
    expect(await messages("instagram", card())).toEqual([
      { attachment: { type: "template", payload: { template_type: "generic", elements: [element] } } },
    ]);
    const four = ["1", "2", "3", "4"].map((id) => ({ id, title: id }));
    const parts = await messages("messenger", card({ buttons: four }));
    expect(parts).toMatchObject([
      { attachment: { type: "image" } },
      { text: "Pizza\nGrande", quick_replies: { length: 4 } },
    ]);
  });

  it("refuse without an address of theirs, and nothing leaves", async () => {
    const message = { id: "x", to: [], content: photo, author: "bot", visibility: "public", attempt: 0 } as const;
    const http = {
      graphUrl: "https://graph.test",
      version: "v1",
      timeoutMs: 10,
      fetch: () => Promise.reject(new Error()),
    };
    const receipt = await messengerDriver.send(message, drivers.messenger.settings, http);
    expect(receipt).toMatchObject({ outcome: "failed", code: "no_address", retry: "no" });
  });
});

describe("WhatsApp", () => {
  const bodies = (content: OutboundContent) =>
    whatsAppDriver
      .plan(content)
      .map((part) =>
        requestBody({ id: "x", to: [], content: part, author: "bot", visibility: "public", attempt: 0 }, { to: "+1" }),
      );

  it("shows a picture with its caption, sound without, a file with its name", () => {
    expect(bodies(photo)).toMatchObject([
      { type: "image", image: { link: "https://x.test.com/a.jpg", caption: "Mirá" } },
    ]);
    expect(bodies({ ...photo, media: "audio" })).toMatchObject([
      { type: "audio" },
      { type: "text", text: { body: "Mirá" } },
    ]);
    expect(bodies({ ...photo, media: "file", name: "a.pdf" })).toMatchObject([
      { type: "document", document: { filename: "a.pdf", caption: "Mirá" } },
    ]);
    expect(bodies({ ...photo, caption: "a".repeat(1025) })).toMatchObject([{ type: "image" }, { type: "text" }]);
  });

  it("shows a card as buttons under its picture, or the picture and a list", () => {
    expect(bodies(card())).toMatchObject([
      { interactive: { type: "button", header: { type: "image", image: { link: "https://x.test.com/p.jpg" } } } },
    ]);
    const sections = [{ rows: ["1", "2", "3", "4"].map((id) => ({ id, title: id })) }];
    const many = card({ choice: { type: "list", text: "Pizza", button: "Ver", sections } });
    expect(bodies(many)).toMatchObject([{ type: "image" }, { interactive: { type: "list" } }]);
  });
});
