import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import {
  actorFor,
  addMember,
  heard,
  inOrganisation,
  makeOrganisation,
  makePerson,
  refusal,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import type { AccountActor } from "../actor";
import { archiveArea } from "./archive-area.server";
import type { AreaChange } from "./area-fields";
import { createArea } from "./create-area.server";
import { listAreas } from "./list-areas.server";
import { updateArea } from "./update-area.server";

withDatabase();

async function team() {
  const org = await makeOrganisation();
  const ana = await makePerson();
  const memberId = await addMember(org.orgId, ana, "agent", [org.areaId]);
  return { ...org, ana, agentId: memberId, actor: await actorFor(org.admin), agent: await actorFor(ana) };
}
const create = (actor: AccountActor, orgId: string, name: string) =>
  inOrganisation(actor, orgId, (ctx) => createArea(ctx, { orgId, name }));
const update = (actor: AccountActor, orgId: string, areaId: string, change: AreaChange) =>
  inOrganisation(actor, orgId, (ctx) => updateArea(ctx, { orgId, areaId, change }));
const archive = (actor: AccountActor, orgId: string, areaId: string) =>
  inOrganisation(actor, orgId, (ctx) => archiveArea(ctx, { orgId, areaId }));
const list = (actor: AccountActor, orgId: string, archived = false) =>
  inOrganisation(actor, orgId, (ctx) => listAreas(ctx, { orgId, archived }));
const read = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.area).where(eq(schema.area.id, id))))[0];

describe("areas", () => {
  test("are created at the end, listed in order with their members, and told what may be done", async () => {
    const { actor, agent, orgId, areaId } = await team();
    const { areaId: sales } = await create(actor, orgId, "Ventas");
    const { areaId: support } = await create(actor, orgId, "Soporte");
    const { areas, can } = await list(actor, orgId);
    expect(areas.map(({ id }) => id)).toEqual([areaId, sales, support]);
    expect(areas[0]).toMatchObject({
      id: areaId,
      name: "General",
      visibility: "members",
      replyMode: "claim",
      assignment: "manual",
      archived: false,
      members: 2,
    });
    expect(can).toEqual({ write: true });
    expect((await list(agent, orgId)).can).toEqual({ write: false });
  });

  test("have one name each, capitals aside; an archived one's is free again", async () => {
    const { actor, orgId } = await team();
    const { areaId } = await create(actor, orgId, "Ventas");
    await expect(create(actor, orgId, "ventas")).rejects.toEqual(refusal(409, "area_name_taken"));
    const { areaId: other } = await create(actor, orgId, "Soporte");
    await expect(update(actor, orgId, other, { name: "VENTAS" })).rejects.toEqual(refusal(409, "area_name_taken"));
    await archive(actor, orgId, areaId);
    await create(actor, orgId, "Ventas");
  });

  test("change name, visibility and reply mode; everybody's sockets ask anew when what is seen may differ", async () => {
    const { actor, orgId, areaId, memberId, agentId, admin, ana } = await team();
    expect(await heard(() => update(actor, orgId, areaId, { name: "Mesa de entrada" }))).toEqual([]);
    const events = await heard(() => update(actor, orgId, areaId, { visibility: "private", replyMode: "take_first" }));
    expect(events).toEqual([
      { name: "member.changed", data: { orgId, memberId, accountId: admin.accountId, change: "area" } },
      { name: "member.changed", data: { orgId, memberId: agentId, accountId: ana.accountId, change: "area" } },
    ]);
    expect(await read(areaId)).toMatchObject({
      name: "Mesa de entrada",
      visibility: "private",
      replyMode: "take_first",
    });
  });

  test("are put away, but not the last, nor one where a channel's tickets begin", async () => {
    const { actor, orgId, areaId } = await team();
    await expect(archive(actor, orgId, areaId)).rejects.toEqual(refusal(409, "last_area"));
    const { areaId: sales } = await create(actor, orgId, "Ventas");
    await asSystem("test", (tx) =>
      tx.insert(schema.channel).values({ id: newId(), orgId, kind: "web", name: "Web", areaId }),
    );
    await expect(archive(actor, orgId, areaId)).rejects.toEqual(refusal(409, "area_in_use"));
    const { areaId: spare } = await create(actor, orgId, "Depósito");
    await archive(actor, orgId, spare);
    await expect(archive(actor, orgId, spare)).rejects.toEqual(refusal(404, "not_found"));
    await expect(update(actor, orgId, spare, { name: "x" })).rejects.toEqual(refusal(404, "not_found"));
    expect((await list(actor, orgId)).areas.map(({ id }) => id)).toEqual([areaId, sales]);
    expect((await list(actor, orgId, true)).areas.map(({ archived }) => archived)).toEqual([false, false, true]);
  });

  test("two archived at the same moment leave one", async () => {
    const { actor, orgId, areaId } = await team();
    const { areaId: sales } = await create(actor, orgId, "Ventas");
    const results = await Promise.allSettled([archive(actor, orgId, areaId), archive(actor, orgId, sales)]);
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect((await list(actor, orgId)).areas).toHaveLength(1);
  });

  test("are an admin's to change, and nobody's from outside", async () => {
    const [mine, theirs] = [await team(), await team()];
    const before = await read(theirs.areaId);
    for (const verb of [
      (actor: AccountActor, orgId: string) => create(actor, orgId, "Ventas"),
      (actor: AccountActor, orgId: string) => update(actor, orgId, theirs.areaId, { name: "x" }),
      (actor: AccountActor, orgId: string) => archive(actor, orgId, theirs.areaId),
    ]) {
      await expect(verb(mine.agent, mine.orgId)).rejects.toEqual(refusal(403, "forbidden"));
      await expect(verb(mine.actor, theirs.orgId)).rejects.toEqual(refusal(404, "not_found"));
    }
    await expect(update(mine.actor, mine.orgId, theirs.areaId, { name: "x" })).rejects.toEqual(
      refusal(404, "not_found"),
    );
    await expect(archive(mine.actor, mine.orgId, theirs.areaId)).rejects.toEqual(refusal(404, "not_found"));
    await expect(list(mine.actor, theirs.orgId)).rejects.toEqual(refusal(404, "not_found"));
    expect(await read(theirs.areaId)).toEqual(before);
  });
});
