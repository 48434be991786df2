import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { createToken } from "~/modules/accounts/index.server";
import { createGroup, getChat, listChats, removeFromGroup, setGroupPicture } from "~/modules/chats/index.server";
import { sweepFiles } from "~/modules/files/index.server";
import { getThread, sendMessage } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Tus, tusOf, withFiles } from "../../support/files/tus";
import { makeWorld, type World } from "../../support/world";

const { url } = withFiles();

let world: World;
let group = "";
/** Of the owner, a member, a colleague who is not in it, and another organisation. */
const clients = {} as Record<"admin" | "agent" | "other" | "outsider", Tus>;

async function clientOf({ orgId }: World, memberId: string): Promise<Tus> {
  const scopes = ["*"];
  const { token } = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId, memberId, name: "test", scopes }),
  );
  return tusOf(url, { authorization: `Bearer ${token}` });
}

beforeAll(async () => {
  world = await makeWorld();
  const elsewhere = await makeWorld();
  for (const who of ["admin", "agent", "other"] as const)
    clients[who] = await clientOf(world, world.memberId(world[who]));
  clients.outsider = await clientOf(elsewhere, elsewhere.memberId(elsewhere.admin));
  const accountIds = [world.agent.accountId];
  group = await createGroup(world.admin, { title: "Ventas", orgId: world.orgId, accountIds });
});

const photo = (colour = "teal") =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
const upload = async (by: Tus, content: Uint8Array | string, conversation = group) =>
  by.send(content, { conversation, filename: "foto.jpg", filetype: "image/jpeg" });
const pictureOf = async () => (await getChat(world.agent, group)).pictureId;
const sees = async (by: Tus, id: string) => (await by.get(id)).status;

describe("a group's picture", () => {
  it("is set by an admin, told in the group, and seen by who takes part alone", async () => {
    const told: string[] = [];
    const stop = listen((events) => {
      for (const { definition } of events) told.push(definition.name);
    });
    const id = await upload(clients.admin, await photo());
    await setGroupPicture(world.admin, group, id);
    await setGroupPicture(world.admin, group, id);
    stop();
    expect(told).toContain("chats.changed");
    expect(await pictureOf()).toBe(id);
    expect((await listChats(world.agent)).find((chat) => chat.id === group)?.pictureId).toBe(id);
    const lines = (await getThread(world.agent, group)).messages.map(({ notice }) => notice?.what);
    expect(lines).toEqual(["created", "pictured"]);
    expect(await sees(clients.agent, id)).toBe(200);
    const small = await clients.agent.get(id, {}, "?size=thumb");
    expect(small.headers.get("content-type")).toBe("image/webp");
    expect((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).width).toBe(640);
    for (const stranger of [clients.other, clients.outsider]) expect(await sees(stranger, id)).toBe(404);
  });

  it("is changed and taken away; the one before is nobody's, and the sweep takes it", async () => {
    const before = (await pictureOf()) ?? "";
    const id = await upload(clients.admin, await photo("tomato"));
    await setGroupPicture(world.admin, group, id);
    expect(await sees(clients.agent, before)).toBe(404);
    expect(await sees(clients.agent, id)).toBe(200);
    await setGroupPicture(world.admin, group, null);
    expect(await pictureOf()).toBeNull();
    expect(await sees(clients.agent, id)).toBe(404);
    await asSystem("test", (tx) => tx.update(schema.file).set({ createdAt: new Date(Date.now() - 25 * 3_600_000) }));
    const kept = await upload(clients.admin, await photo("gold"));
    await setGroupPicture(world.admin, group, kept);
    await asSystem("test", (tx) => tx.update(schema.file).set({ createdAt: new Date(Date.now() - 25 * 3_600_000) }));
    await sweepFiles();
    const left = await asSystem("test", (tx) => tx.select({ id: schema.file.id }).from(schema.file));
    expect(left).toEqual([{ id: kept }]);
  });

  it("is a sound picture by its content, uploaded for this group by who sets it, and not sent before", async () => {
    const whole = await photo();
    const noise = Buffer.from(
      await sharp({
        create: {
          width: 800,
          height: 800,
          channels: 3,
          background: "red",
          noise: { type: "gaussian", mean: 128, sigma: 60 },
        },
      })
        .png()
        .toBuffer(),
    );
    for (const content of ["no soy una foto", "<svg xmlns='http://www.w3.org/2000/svg'/>", noise.subarray(0, 20_000)]) {
      const id = await upload(clients.admin, content);
      await expect(setGroupPicture(world.admin, group, id)).rejects.toMatchObject({ code: "picture_unreadable" });
    }
    const elsewhere = await createGroup(world.admin, { title: "Otro", orgId: world.orgId, accountIds: [] });
    const theirs = await upload(clients.agent, whole);
    const misplaced = await upload(clients.admin, whole, elsewhere);
    for (const id of [theirs, misplaced, newId(), "x"])
      await expect(setGroupPicture(world.admin, group, id)).rejects.toMatchObject({ status: 404 });
    const sent = await upload(clients.admin, whole);
    const words = { conversationId: group, clientId: newId(), text: "", attachments: [sent] };
    await sendMessage(world.admin, { ...words, visibility: "public" });
    await expect(setGroupPicture(world.admin, group, sent)).rejects.toMatchObject({ code: "attachment_used" });
  });

  it("is no member's to set, nor a stranger's or one's who was put out", async () => {
    const before = await pictureOf();
    const id = await upload(clients.agent, await photo());
    await expect(setGroupPicture(world.agent, group, id)).rejects.toMatchObject({ status: 403 });
    await expect(setGroupPicture(world.agent, group, null)).rejects.toMatchObject({ status: 403 });
    await expect(setGroupPicture(world.other, group, null)).rejects.toMatchObject({ status: 404 });
    await removeFromGroup(world.admin, group, world.agent.accountId);
    await expect(setGroupPicture(world.agent, group, id)).rejects.toMatchObject({ status: 404 });
    expect(await sees(clients.agent, before ?? "")).toBe(404);
    expect((await getChat(world.admin, group)).pictureId).toBe(before);
  });
});
