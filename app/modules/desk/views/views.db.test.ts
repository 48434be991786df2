import { beforeEach, describe, expect, it } from "vitest";
import { topics } from "~/modules/messaging";
import { newId } from "~/platform/ids";
import { withFrames } from "../../../../tests/support/hub/frames";
import { makeCustomer, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { createView } from "./create-view.server";
import { deleteView } from "./delete-view.server";
import { listViews } from "./list-views.server";
import { MOST_VIEWS } from "./saved-view";
import { updateView } from "./update-view.server";

withProduct();
const { hear, forget } = withFrames();

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
const namesOf = async (actor = world.agent) => (await listViews(actor, world.orgId)).map(({ name }) => name);
const save = (actor: World["agent"], name: string, shared = false) =>
  createView(actor, world.orgId, { name, filter: "?view=open&tag=vip", shared });

describe("saved filters", () => {
  it("are one's own, or everybody's by an admin, each with how many tickets it holds", async () => {
    await (await makeCustomer(world)).writes("hola");
    await createView(world.admin, world.orgId, {
      name: "Sin asignar",
      filter: "view=open&assignee=none&x=1",
      shared: true,
    });
    await save(world.agent, "  Mi VIP ");
    await save(world.admin, "De Ana");
    expect(await listViews(world.agent, world.orgId)).toMatchObject([
      { name: "Sin asignar", filter: "?view=open&assignee=none", shared: true, count: 1, more: false },
      { name: "Mi VIP", filter: "?view=open&tag=vip", shared: false, count: 0 },
    ]);
    await expect(save(world.agent, "De todos", true)).rejects.toMatchObject({ status: 403 });
    await expect(save(world.agent, " \u0000 ")).rejects.toThrow("view_name_invalid");
  });

  it("are renamed, moved and forgotten by whose they are, and by nobody else", async () => {
    const [a, b, c] = [await save(world.agent, "a"), await save(world.agent, "b"), await save(world.agent, "c")];
    await updateView(world.agent, world.orgId, c.id, { position: 0, name: "C" });
    expect(await namesOf()).toEqual(["C", "a", "b"]);
    await updateView(world.agent, world.orgId, a.id, { position: 99 });
    expect(await namesOf()).toEqual(["C", "b", "a"]);
    const { name, filter, position } = await deleteView(world.agent, world.orgId, b.id);
    expect(await namesOf()).toEqual(["C", "a"]);
    await createView(world.agent, world.orgId, { name, filter, position });
    expect((await namesOf()).sort()).toEqual(["C", "a", "b"]);

    const shared = await save(world.admin, "todos", true);
    for (const [who, id] of [
      [world.other, a.id],
      [world.admin, a.id],
      [world.agent, shared.id],
    ] as const) {
      await expect(updateView(who, world.orgId, id, { name: "x" })).rejects.toThrow("not_found");
      await expect(deleteView(who, world.orgId, id)).rejects.toThrow("not_found");
    }
    const elsewhere = await makeWorld();
    await expect(deleteView(elsewhere.admin, world.orgId, shared.id)).rejects.toThrow("not_found");
    await expect(deleteView(elsewhere.admin, elsewhere.orgId, shared.id)).rejects.toThrow("not_found");
  });

  it("belong to who saves them, whatever else the call names (TA13)", async () => {
    const named = { memberId: world.memberId(world.other), orgId: world.handle, id: "x", createdAt: new Date(0) };
    await createView(world.agent, world.orgId, { name: "mía", filter: "", ...named });
    expect(await namesOf()).toEqual(["mía"]);
    expect(await namesOf(world.other)).toEqual([]);
  });

  it("are told of to the screens of those who see them, and are made once by one key", async () => {
    const key = newId();
    const draft = { name: "Una vez", filter: "" };
    const made = await createView(world.agent, world.orgId, draft, key);
    expect(await createView(world.agent, world.orgId, draft, key)).toEqual(made);
    const told = (frames: ReturnType<typeof hear>) =>
      frames
        .filter(({ event }) => event === "views.changed")
        .map(({ topic }) => topic)
        .sort();
    const all = [world.admin, world.agent, world.other].map((who) => topics.member(world.orgId, world.memberId(who)));
    const own = hear();
    await updateView(world.agent, world.orgId, made.id, { name: "Otra" });
    await deleteView(world.agent, world.orgId, made.id);
    forget();
    expect(told(own)).toEqual([all[1], all[1]]);
    const shared = hear();
    await save(world.admin, "todos", true);
    forget();
    expect(told(shared)).toEqual(all.sort());
  });

  it("are no more than so many", async () => {
    for (let n = 0; n < MOST_VIEWS; n++) await save(world.agent, `n${n}`);
    await expect(save(world.agent, "una más")).rejects.toThrow("too_many_views");
    await save(world.other, "de otra");
  });
});
