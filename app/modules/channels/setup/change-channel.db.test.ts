import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { connectWhatsapp, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { openSettings } from "../sealed-settings.server";
import { disableChannel } from "./disable-channel.server";
import { addChannel, listChannels } from "./read-channels.server";
import { type ChannelPatch, updateChannel } from "./update-channel.server";

withProduct();

let world: World;
let numbers = 40_000;
beforeAll(async () => {
  world = await makeWorld();
});

const rowOf = async (id: string) => {
  const [row] = await asSystem("test", (tx) => tx.select().from(schema.channel).where(eq(schema.channel.id, id)));
  if (!row) throw new Error("no channel");
  const settings = row.sealedSettings && openSettings(row.sealedSettings, { orgId: row.orgId, channelId: id });
  return { ...row, settings };
};
const connect = async () => connectWhatsapp(world, String(++numbers), "an old secret");
const update = (id: string, patch: ChannelPatch) => updateChannel(world.admin, world.orgId, id, patch);

describe("a channel's change", () => {
  it("leaves alone what it does not name", async () => {
    const { id } = await connect();
    const before = await rowOf(id);
    expect(await update(id, { name: " Ventas ", areaId: world.areas.support, flowId: null })).toMatchObject({
      name: "Ventas",
      area_id: world.areas.support,
      flow_id: null,
    });
    expect(await update(id, {})).toMatchObject({ name: "Ventas", area_id: world.areas.support });
    const after = await rowOf(id);
    expect([after.settings, after.secretBinding]).toEqual([before.settings, before.secretBinding]);
  });

  it("takes a new secret in and the old one away, tells none of them, and tries the provider again", async () => {
    const { id } = await connect();
    const before = await rowOf(id);
    await asSystem("test", (tx) =>
      tx.update(schema.channel).set({ health: "reconnect", healthReason: "expired" }).where(eq(schema.channel.id, id)),
    );
    const told = await update(id, { settings: { access_token: "the new token", app_secret: null } });
    expect(JSON.stringify(told)).not.toMatch(/token|secret/);
    expect(told).toMatchObject({ health: "ok", health_reason: null, account: before.externalId });
    const after = await rowOf(id);
    expect(after.settings).toEqual({
      phone_number_id: before.externalId,
      waba_id: "100",
      access_token: "the new token",
    });
    expect([before.secretBinding === "app", after.secretBinding]).toEqual([false, "app"]);
  });

  it.each([
    ["another account", { settings: { phone_number_id: "1" } }, "account_fixed"],
    ["a setting that does not exist", { settings: { org_id: "x" } }, "settings_invalid"],
    ["the loss of what is needed", { settings: { access_token: null } }, "settings_invalid"],
    ["an unknown area", { areaId: newId() }, "area_unknown"],
    ["an unknown flow", { flowId: newId() }, "flow_unknown"],
  ])("is refused with %s, whole", async (_, patch, code) => {
    const { id } = await connect();
    const before = await rowOf(id);
    await expect(update(id, { name: "x", ...patch })).rejects.toMatchObject({ status: 422, code });
    expect(await rowOf(id)).toEqual(before);
  });

  it("is the admins' own (TA11)", async () => {
    const { id } = await connect();
    const foreign = await makeWorld();
    for (const change of [
      (by: World) => updateChannel(by.agent, by.orgId, id, { name: "x" }),
      (by: World) => disableChannel(by.agent, by.orgId, id),
    ]) {
      await expect(change(world)).rejects.toMatchObject({ status: 403 });
      await expect(change({ ...foreign, agent: foreign.admin })).rejects.toMatchObject({ status: 404 });
    }
  });
});

describe("a channel that is disabled", () => {
  it("is no longer listed nor changed, twice as once, and its account is free", async () => {
    const { id, account } = await connect();
    const first = await disableChannel(world.admin, world.orgId, id);
    expect(first.disabled_at).not.toBeNull();
    expect(await disableChannel(world.admin, world.orgId, id)).toEqual(first);
    expect((await listChannels(world.admin, world.orgId)).map((channel) => channel.id)).not.toContain(id);
    await expect(update(id, { name: "x" })).rejects.toMatchObject({ code: "channel_disabled" });
    expect((await connectWhatsapp(world, account ?? "", "an old secret")).id).not.toBe(id);
  });
});

describe("a channel that is named in advance", () => {
  it("is made once", async () => {
    const input = { id: newId(), orgId: world.orgId, kind: "web", settings: {}, name: "Tienda" } as const;
    const made = await addChannel(world.admin, input);
    expect(await addChannel(world.admin, input)).toEqual(made);
  });
});
