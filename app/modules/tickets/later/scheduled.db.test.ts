import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type AccountActor, SYSTEM } from "~/modules/accounts";
import { actorOfToken, createToken } from "~/modules/accounts/index.server";
import { blockAccount, openDirectChat } from "~/modules/chats/index.server";
import { asSystem, database } from "~/platform/db.server";
import { type EmittedEvent, listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { startWorkers } from "~/platform/jobs/index.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { runQuery } from "../../../../tests/support/postgres-query";
import { makeAccount, makeCustomer, makeWorld, withProduct } from "../../../../tests/support/world";
import {
  cancelScheduled,
  changeScheduled,
  changeText,
  getThread,
  listScheduled,
  scheduleMessage,
  sendMessage,
  sendScheduled,
  sendScheduledNow,
} from "../index.server";
import { sendIfDue } from "./send-scheduled.server";

withProduct();

const HOUR = 3_600_000;
const later = (ms = HOUR) => new Date(Date.now() + ms);
async function chat() {
  const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
  return { ana, beto, id: await openDirectChat(ana, beto.accountId) };
}
const schedules = (actor: Parameters<typeof scheduleMessage>[0], conversationId: string, text: string, more = {}) =>
  scheduleMessage(actor, { conversationId, clientId: newId(), text, sendAt: later(), ...more });
const texts = async (actor: AccountActor, id: string) => (await getThread(actor, id)).messages.map((m) => m.text);
const allRefused = async (tried: Promise<unknown>[], reason: object) => {
  for (const result of await Promise.allSettled(tried)) expect(result).toMatchObject({ status: "rejected", reason });
};
const jobOf = async (id: string) =>
  (await runQuery(database().url, `select run_at from graphile_worker.jobs where key = 'scheduled:${id}'`))[0];

describe("a message for later", () => {
  it("is sent once, at its time and not before, as its author, by however many workers", async () => {
    const { ana, beto, id } = await chat();
    const { id: due, send_at } = await schedules(ana, id, "a su hora");
    expect(await texts(beto, id)).toEqual([]);
    expect((await jobOf(due))?.run_at).toEqual(new Date(send_at));
    await sendIfDue(due, new Date(Date.parse(send_at) - 1));
    expect(await texts(beto, id)).toEqual([]);
    const heard: EmittedEvent[] = [];
    const stop = listen((events) => void heard.push(...events));
    await Promise.all([1, 2, 3].map(() => sendIfDue(due, new Date(send_at))));
    stop();
    expect((await getThread(beto, id)).messages).toMatchObject([
      { text: "a su hora", client_id: due, author: { kind: "account", id: ana.accountId, name: "Ana" } },
    ]);
    expect(await listScheduled(ana, id)).toEqual([]);
    expect(heard.map(({ definition }) => definition.name)).toContain("scheduled.changed");
    await sendIfDue(due, new Date(send_at));
    expect((await texts(beto, id)).length).toBe(1);
  });

  it("is sent by real workers of two processes once", async () => {
    const { ana, beto, id } = await chat();
    const definitions = [sendScheduled as never];
    const crews = await Promise.all(
      [1, 2].map(() => startWorkers({ url: database().url, definitions, concurrency: 3 })),
    );
    try {
      await schedules(ana, id, "pronto", { sendAt: later(700) });
      await expect.poll(() => texts(beto, id), { timeout: 15_000 }).toEqual(["pronto"]);
      await expect.poll(() => listScheduled(ana, id), { timeout: 5_000 }).toEqual([]);
    } finally {
      await Promise.all(crews.map((crew) => crew.stop()));
    }
    expect(await texts(beto, id)).toEqual(["pronto"]);
  });

  it("is one message though a worker died between the sending and its end, even where it was edited since", async () => {
    const { ana, beto, id } = await chat();
    const { id: due, send_at } = await schedules(ana, id, "una vez");
    const { row } = await sendMessage(ana, {
      conversationId: id,
      clientId: due,
      text: "una vez",
      visibility: "public",
    });
    await changeText(ana, row.id, "corregida");
    await sendIfDue(due, new Date(send_at));
    expect(await texts(beto, id)).toEqual(["corregida"]);
    expect(await listScheduled(ana, id)).toEqual([]);
  });

  it("that may not be sent by then says why to its author, who may send it again", async () => {
    const { ana, beto, id } = await chat();
    const { id: due, send_at } = await schedules(ana, id, "¿estás?");
    await blockAccount(beto, ana.accountId, true);
    await sendIfDue(due, new Date(send_at));
    expect(await texts(beto, id)).toEqual([]);
    expect(await listScheduled(ana, id)).toMatchObject([{ id: due, failed: "chat_closed" }]);
    await sendIfDue(due, new Date(send_at));
    await expect(sendScheduledNow(ana, due)).rejects.toMatchObject({ code: "chat_closed" });
    expect(await listScheduled(ana, id)).toMatchObject([{ id: due, failed: "chat_closed" }]);
    await blockAccount(beto, ana.accountId, false);
    const again = await changeScheduled(ana, due, { sendAt: later(2 * HOUR) });
    expect(again.failed).toBeNull();
    await sendIfDue(due, new Date(again.send_at));
    expect(await texts(beto, id)).toEqual(["¿estás?"]);
  });

  it("is changed, taken back, and sent at once, until its time has come", async () => {
    const { ana, beto, id } = await chat();
    const first = await schedules(ana, id, "primero");
    const moved = await changeScheduled(ana, first.id, { text: "cambiado", sendAt: later(2 * HOUR) });
    expect(moved).toMatchObject({ id: first.id, text: "cambiado" });
    expect((await jobOf(first.id))?.run_at).toEqual(new Date(moved.send_at));
    await sendIfDue(first.id, new Date(first.send_at));
    expect(await texts(beto, id)).toEqual([]);
    expect((await sendScheduledNow(ana, first.id)).text).toBe("cambiado");
    expect(await texts(beto, id)).toEqual(["cambiado"]);
    await expect(sendScheduledNow(ana, first.id)).rejects.toMatchObject({ status: 404 });

    const key = { clientId: newId() };
    const second = await schedules(ana, id, "segundo", key);
    expect(await cancelScheduled(ana, second.id)).toMatchObject({ text: "segundo" });
    expect(await jobOf(second.id)).toBeUndefined();
    await sendIfDue(second.id, new Date(second.send_at));
    // Undone: the same again, under the same key.
    expect(await schedules(ana, id, "segundo", key)).toMatchObject({ id: second.id });
    await asSystem("test", (tx) =>
      tx
        .update(schema.scheduledMessage)
        .set({ sendAt: later(-1) })
        .where(eq(schema.scheduledMessage.id, second.id)),
    );
    const tried = [changeScheduled(ana, second.id, { text: "x" }), cancelScheduled(ana, second.id)];
    await allRefused(tried, { code: "already_sending", status: 409 });
    expect(await texts(beto, id)).toEqual(["cambiado"]);
  });

  it("is one for one key, within the year, with words, and not without end", async () => {
    const { ana, beto, id } = await chat();
    const key = { clientId: newId() };
    const [a, b] = await Promise.all([schedules(ana, id, "una", key), schedules(ana, id, "una", key)]);
    expect(a.id).toBe(b.id);
    await expect(schedules(ana, id, "otra", key)).rejects.toMatchObject({ code: "id_reused" });
    // Whose else the key was, nobody learns.
    expect((await schedules(beto, id, "ajena", key)).id).not.toBe(a.id);
    for (const sendAt of [later(-1000), later(400 * 24 * HOUR), new Date("x")])
      await expect(schedules(ana, id, "x", { sendAt })).rejects.toMatchObject({ code: "send_at_invalid" });
    await expect(schedules(ana, id, " ")).rejects.toMatchObject({ code: "text_empty" });
    await expect(schedules(ana, id, "x", { replyTo: newId() })).rejects.toMatchObject({ status: 404 });
    const waiting = Array.from({ length: 99 }, () => ({
      id: newId(),
      accountId: ana.accountId,
      conversationId: id,
      text: "x",
      sendAt: later(),
    }));
    await asSystem("test", (tx) => tx.insert(schema.scheduledMessage).values(waiting));
    await expect(schedules(ana, id, "x")).rejects.toMatchObject({ code: "too_many_scheduled" });
  });

  it("is its author's own, and refused to who may not write there", async () => {
    const { ana, beto, id } = await chat();
    const mine = await schedules(ana, id, "mío");
    const [world, other, eva] = [await makeWorld(), await makeWorld(), await makeAccount("Eva")];
    const { guest, conversationId, writes } = await makeCustomer(world);
    await writes("hola");
    const token = (scopes: string[]) =>
      transactAsSystem(SYSTEM, "test", (ctx) =>
        createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: "t", scopes }),
      ).then(({ token }) => actorOfToken(token));
    const [reader, all] = [await token(["messages:read"]), await token(["*"])];
    if (!reader || !all) throw new Error("no token");
    for (const one of [beto, eva, world.admin, guest]) {
      const tried = [
        changeScheduled(one, mine.id, { text: "ajeno" }),
        cancelScheduled(one, mine.id),
        sendScheduledNow(one, mine.id),
      ];
      await allRefused(tried, { status: 404 });
    }
    expect(await listScheduled(beto, id)).toEqual([]);
    for (const one of [eva, world.admin, guest]) {
      await expect(listScheduled(one, id)).rejects.toMatchObject({ status: 404 });
      await expect(schedules(one, id, "x")).rejects.toMatchObject({ status: 404 });
    }
    await expect(schedules(other.admin, conversationId, "x")).rejects.toMatchObject({ status: 404 });
    await expect(schedules(guest, conversationId, "x")).rejects.toMatchObject({ status: 404 });
    await expect(schedules(reader, conversationId, "x")).rejects.toMatchObject({ code: "missing_scope" });
    // A person's own chats are no program's, not even what they themselves left for later.
    const own = await openDirectChat(world.admin, ana.accountId);
    const personal = await schedules(world.admin, own, "personal");
    await allRefused([schedules(all, own, "x"), listScheduled(all, own), cancelScheduled(all, personal.id)], {
      status: 404,
    });
    const byProgram = await schedules(all, conversationId, "por programa");
    expect(await listScheduled(world.admin, conversationId)).toMatchObject([{ id: byProgram.id }]);
    await sendIfDue(byProgram.id, new Date(byProgram.send_at));
    expect((await texts(world.admin, conversationId)).at(-1)).toBe("por programa");
  });
});
