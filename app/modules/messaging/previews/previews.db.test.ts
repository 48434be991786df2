import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { openDirectChat } from "~/modules/chats/index.server";
import { changeText, getThread, listConversationChanges, sendMessage, takeBack } from "~/modules/tickets/index.server";
import { asSystem, database } from "~/platform/db.server";
import { type EmittedEvent, listen } from "~/platform/events";
import { FetchRefusal, type GuardedFetch } from "~/platform/guarded-fetch/index.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { runQuery } from "../../../../tests/support/postgres-query";
import { makeAccount, makeCustomer, makeWorld, withProduct } from "../../../../tests/support/world";
import { askForPreviews, showPreview } from "./preview-message.server";

withProduct();

const heard: EmittedEvent[] = [];
let stop: (() => void)[] = [];
beforeAll(() => {
  stop = [listen(askForPreviews), listen((events) => void heard.push(...events))];
});
afterAll(() => {
  for (const one of stop) one();
});
let asked: string[] = [];
beforeEach(() => {
  asked = [];
  heard.length = 0;
});

const page = `<title>Un sitio</title><meta name="description" content="De prueba"><meta property="og:image" content="/foto.png">`;

/** A web in which every page says the same, and pictures are large. */
const web: GuardedFetch = async (url) => {
  asked.push(url);
  if (url.includes("inside")) throw new FetchRefusal("address_refused");
  const picture = url.endsWith(".png");
  const body = picture ? await noise() : Buffer.from(page);
  return { status: 200, url, headers: { "content-type": picture ? "image/png" : "text/html; charset=utf-8" }, body };
};
const noise = () => {
  const create = { width: 900, height: 600, channels: 3 as const, background: "red" };
  return sharp({ create: { ...create, noise: { type: "gaussian", mean: 120, sigma: 60 } } })
    .png()
    .toBuffer();
};

const says = async (actor: AccountActor, conversationId: string, text: string, more = {}) =>
  (await sendMessage(actor, { conversationId, clientId: newId(), text, visibility: "public", ...more })).row;
const previewOf = async (actor: AccountActor, conversationId: string, id: string) =>
  (await getThread(actor, conversationId)).messages.find((m) => m.id === id)?.preview;
/** The messages that a job waits for. */
const waiting = async () => {
  const rows = await runQuery(database().url, "select key from graphile_worker.jobs where key like 'preview:%'");
  return rows.map(({ key }) => String(key).slice("preview:".length));
};

async function chat() {
  const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
  return { ana, beto, id: await openDirectChat(ana, beto.accountId) };
}

describe("a link's preview", () => {
  it("comes to its message as a change, small, for all who read it, and is fetched once a week", async () => {
    const { ana, beto, id } = await chat();
    const url = `https://site.test/${newId()}`;
    const row = await says(ana, id, `mirá ${url} y https://other.test`);
    expect(await waiting()).toContain(row.id);
    const before = await getThread(beto, id);
    await showPreview(row.id, web);
    const after = await getThread(beto, id);
    expect(after.rev).toBe(before.rev + 1);
    const preview = after.messages[0]?.preview;
    expect(preview).toMatchObject({ url, title: "Un sitio", description: "De prueba", site: "site.test" });
    expect(preview?.picture).toMatchObject({ src: expect.stringMatching(/^data:image\/webp;base64,/) });
    expect(preview?.picture?.src.length).toBeLessThanOrEqual(20_000);
    expect(Math.max(preview?.picture?.width ?? 0, preview?.picture?.height ?? 0)).toBeLessThanOrEqual(400);
    const changes = await listConversationChanges(beto, id, { after: before.rev, limit: 10 });
    expect(changes.changes).toMatchObject([{ kind: "message.previewed", message: { preview: { url } } }]);
    expect(heard.map(({ definition }) => definition.name)).toContain("message.previewed");
    await showPreview(row.id, web);
    const again = await says(ana, id, url);
    await showPreview(again.id, web);
    expect(asked).toEqual([url, "https://site.test/foto.png"]);
    expect((await getThread(beto, id)).rev).toBe(after.rev + 2);
  });

  it("is asked for what people write to each other, never for a note or words without a link", async () => {
    const world = await makeWorld();
    const { conversationId, writes } = await makeCustomer(world);
    const first = await writes("hola https://customer.test/");
    const note = await says(world.admin, conversationId, "https://note.test/", { visibility: "staff" });
    const reply = await says(world.admin, conversationId, "https://reply.test/");
    const plain = await says(world.admin, conversationId, "sin nada");
    const asks = await waiting();
    expect([first, note, reply, plain].map((m) => asks.includes(m.id))).toEqual([true, false, true, false]);
    await showPreview(note.id, web);
    expect(await previewOf(world.admin, conversationId, note.id)).toBeUndefined();
    await showPreview(reply.id, web);
    expect(await previewOf(world.admin, conversationId, reply.id)).toMatchObject({ url: "https://reply.test/" });
  });

  it("does not come to what was edited or taken back meanwhile, and goes with its address", async () => {
    const { ana, id } = await chat();
    const row = await says(ana, id, "https://one.test/");
    await showPreview(row.id, async (url, input) => {
      await changeText(ana, row.id, "mejor no");
      return web(url, input);
    });
    expect(await previewOf(ana, id, row.id)).toBeUndefined();
    await changeText(ana, row.id, "https://two.test/");
    await showPreview(row.id, web);
    await changeText(ana, row.id, "esta: https://two.test/");
    expect(await previewOf(ana, id, row.id)).toMatchObject({ url: "https://two.test/" });
    await changeText(ana, row.id, "https://three.test/");
    expect(await previewOf(ana, id, row.id)).toBeUndefined();
    await showPreview(row.id, async (url, input) => {
      await takeBack(ana, row.id);
      return web(url, input);
    });
    expect(await previewOf(ana, id, row.id)).toBeUndefined();
    const [stored] = await asSystem("test", (tx) =>
      tx.select().from(schema.message).where(eq(schema.message.id, row.id)),
    );
    expect(stored?.payload).toBeNull();
  });

  it("is nothing where the fetcher refuses, and that is remembered", async () => {
    const { ana, id } = await chat();
    const url = "https://inside.test/";
    for (const text of [url, `otra vez ${url}`]) {
      const row = await says(ana, id, text);
      await showPreview(row.id, web);
      expect(await previewOf(ana, id, row.id)).toBeUndefined();
    }
    expect(asked).toEqual([url]);
  });

  it("has no picture that is not one (TE6)", async () => {
    const { ana, id } = await chat();
    const row = await says(ana, id, "https://svg.test/");
    await showPreview(row.id, async (url, input) => {
      const answer = await web(url, input);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
      return url.endsWith(".png") ? { ...answer, body: Buffer.from(svg) } : answer;
    });
    expect(await previewOf(ana, id, row.id)).toMatchObject({ title: "Un sitio", picture: null });
  });
});
