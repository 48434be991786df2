import { eq, inArray, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { sweepFiles } from "~/modules/files/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { makeDirect, says } from "../../../../tests/support/accounts/chats";
import { withProduct } from "../../../../tests/support/world";
import {
  cancelScheduled,
  changeScheduled,
  getThread,
  listScheduled,
  scheduleMessage,
  sendMessage,
} from "../index.server";
import { sendIfDue } from "./send-scheduled.server";

withProduct({ DATA_DIR: "/tmp/guazu-scheduled-files" });

const HOUR = 3_600_000;
const later = () => new Date(Date.now() + HOUR);

/** A file that somebody uploaded two days ago for a chat. */
async function uploads({ accountId }: AccountActor, conversationId: string): Promise<string> {
  const id = newId();
  const stored = { sha256: "0".repeat(64), size: 3, kind: "file", mime: "x/y", name: "plan.pdf" } as const;
  const createdAt = new Date(Date.now() - 48 * HOUR);
  await asSystem("test", (tx) =>
    tx.insert(schema.file).values({ id, orgId: null, conversationId, accountId, createdAt, ...stored }),
  );
  return id;
}
const left = async (...ids: string[]) => {
  await sweepFiles();
  const rows = await asSystem("test", (tx) =>
    tx.select({ id: schema.file.id }).from(schema.file).where(inArray(schema.file.id, ids)),
  );
  return rows.map(({ id }) => id);
};

it("a message with files and a quote waits with them, through changes and sweeps, and is sent with them", async () => {
  const { ana, beto, id } = await makeDirect();
  const asked = await says(beto, id, "¿y el plano?");
  const plan = await uploads(ana, id);
  const said = { conversationId: id, clientId: newId(), text: "", attachments: [plan], replyTo: asked.id };
  const made = await scheduleMessage(ana, { ...said, sendAt: later() });
  expect(made).toMatchObject({ attachments: [{ id: plan, name: "plan.pdf" }], reply_to: asked.id });
  expect(await scheduleMessage(ana, { ...said, sendAt: later() })).toMatchObject({ id: made.id });
  const other = scheduleMessage(ana, { ...said, text: "otra", attachments: [], sendAt: later() });
  await expect(other).rejects.toMatchObject({ code: "id_reused" });
  await changeScheduled(ana, made.id, { text: "Acá está", sendAt: new Date(Date.now() + 2 * HOUR) });
  expect(await left(plan)).toEqual([plan]);
  expect(await listScheduled(ana, id)).toMatchObject([{ text: "Acá está", attachments: [{ id: plan }] }]);
  await sendIfDue(made.id, new Date(Date.now() + 3 * HOUR));
  expect((await getThread(beto, id)).messages.at(-1)).toMatchObject({
    ...{ text: "Acá está", reply_to: asked.id, attachments: [{ id: plan }] },
  });
  expect(await left(plan)).toEqual([plan]);
});

it("one that is taken back gives its files free", async () => {
  const { ana, id } = await makeDirect();
  const plan = await uploads(ana, id);
  const said = { conversationId: id, clientId: newId(), text: "", attachments: [plan], sendAt: later() };
  const made = await scheduleMessage(ana, said);
  expect(await cancelScheduled(ana, made.id)).toMatchObject({ attachments: [{ id: plan }] });
  expect(await left(plan)).toEqual([]);
});

it("takes no file of another's, of another chat, or that a message has", async () => {
  const { ana, beto, id } = await makeDirect();
  const elsewhere = await makeDirect();
  const sent = await uploads(ana, id);
  await sendMessage(ana, {
    conversationId: id,
    clientId: newId(),
    text: "",
    visibility: "public",
    attachments: [sent],
  });
  const refused = (attachments: string[], code: string) =>
    expect(
      scheduleMessage(ana, { conversationId: id, clientId: newId(), text: "x", attachments, sendAt: later() }),
    ).rejects.toMatchObject({ code });
  await refused([await uploads(beto, id)], "not_found");
  await refused([await uploads(elsewhere.ana, elsewhere.id)], "not_found");
  await refused([newId()], "not_found");
  await refused([sent], "attachment_used");
  const rows = await asSystem("test", (tx) =>
    tx
      .select({ n: sql<number>`count(*)::int` })
      .from(schema.scheduledMessage)
      .where(eq(schema.scheduledMessage.conversationId, id)),
  );
  expect(rows[0]?.n).toBe(0);
});
