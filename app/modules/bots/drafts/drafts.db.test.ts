import { beforeEach, describe, expect, it } from "vitest";
import { listAudit } from "~/modules/accounts/index.server";
import type { AppError } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { makeCustomer, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { publishFlow } from "../editing/publish-flow.server";
import { addFlow, copyFlow, importFlow } from "./add-flow.server";
import { archiveFlow, renameFlow, restoreFlow } from "./change-flow.server";
import { listFlows } from "./list-flows.server";
import { exportFlow, openDraft } from "./open-draft.server";
import { saveDraft } from "./save-draft.server";

withProduct();

let world: World;
beforeEach(async () => {
  world = await makeWorld({ bot: true });
});

const add = (name: string, starter: string | null = null) => addFlow(world.admin, world.orgId, { name, starter });
const open = (id: string) => openDraft(world.admin, world.orgId, id);
const listed = async () => {
  const flows = await listFlows(world.admin, world.orgId);
  return flows.map(({ name, state, version, archived }) => [name, state, version, archived]);
};
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: AppError) => ({ code: error.code, status: error.status, ...(error.data as object) }),
  );

describe("the list of flows", () => {
  it("tells what is published and changed since, where it answers, and how often it ran", async () => {
    await (await makeCustomer(world)).writes("hola");
    const id = await add("Otro", "welcome");
    const [bot, other] = await listFlows(world.admin, world.orgId);
    expect([bot?.state, bot?.version, bot?.runs]).toEqual(["published", 1, 1]);
    expect(bot?.channels.map(({ kind }) => kind).sort()).toEqual(["internal", "web"]);
    expect(other).toMatchObject({ id, name: "Otro", state: "draft", version: null, runs: 0, channels: [] });
    const { revision } = await open(id);
    expect(await publishFlow(world.admin, world.orgId, id, { revision })).toMatchObject({ number: 1 });
    await renameFlow(world.admin, world.orgId, id, "Otra vez");
    await archiveFlow(world.admin, world.orgId, id);
    expect((await listed()).at(-1)).toEqual(["Otra vez", "changed", 1, true]);
    expect(await refusal(open(id))).toMatchObject({ code: "not_found" });
    await restoreFlow(world.admin, world.orgId, id);
    expect((await open(id)).draft.name).toBe("Otra vez");
  });

  it("is the admins' alone, and another organisation's flow is as good as none", async () => {
    const foreign = await makeWorld({ bot: true });
    const [theirs] = await listFlows(foreign.admin, foreign.orgId);
    expect(await refusal(listFlows(world.agent, world.orgId))).toMatchObject({ status: 403 });
    for (const id of [theirs?.id ?? "", newId(), "x"]) {
      const calls = [
        () => open(id),
        () => saveDraft(world.admin, world.orgId, id, { revision: 1, draft: {} }),
        () => copyFlow(world.admin, world.orgId, id, { name: "x" }),
        () => renameFlow(world.admin, world.orgId, id, "x"),
        () => archiveFlow(world.admin, world.orgId, id),
        () => restoreFlow(world.admin, world.orgId, id),
        () => exportFlow(world.admin, world.orgId, id),
      ];
      for (const call of calls) expect(await refusal(call())).toMatchObject({ code: "not_found", what: "flow" });
    }
    for (const call of [
      () => addFlow(world.agent, world.orgId, { name: "x", starter: null }),
      () => importFlow(world.agent, world.orgId, { text: "{}", instead: {} }),
    ])
      expect(await refusal(call())).toMatchObject({ status: 403 });
  });

  it("takes a name and a starter that exist", async () => {
    expect(await refusal(add("  "))).toMatchObject({ code: "flow_name_invalid" });
    expect(await refusal(add("x", "constructor"))).toMatchObject({ code: "starter_unknown" });
    const { draft } = await open(await add(" Vacío "));
    expect([draft.name, draft.nodes.length]).toEqual(["Vacío", 1]);
  });
});

describe("a draft", () => {
  it("is saved incomplete, by revision: the second of two editors is told, and loses nothing", async () => {
    const id = await add("Dos", "welcome");
    const { draft, revision } = await open(id);
    const mine = { ...draft, nodes: draft.nodes.map((node) => ({ ...node, title: "mío", settings: {} })) };
    const save = (one: unknown, at = revision) => saveDraft(world.admin, world.orgId, id, { revision: at, draft: one });
    const saved = await save(mine);
    expect(saved.revision).toBe(revision + 1);
    expect(await save(mine)).toEqual(saved);
    const theirs = { ...draft, name: "De otra" };
    const refused = await refusal(save(theirs));
    expect(refused).toMatchObject({ code: "flow_changed", status: 409, revision: saved.revision });
    expect((await open(id)).draft).toEqual(mine);
    const copy = await copyFlow(world.admin, world.orgId, id, { name: "Dos (mío)", draft: theirs });
    expect((await open(copy)).draft).toEqual({ ...theirs, name: "Dos (mío)" });
    const both = [theirs, draft].map((one) => refusal(save(one, saved.revision)));
    expect((await Promise.all(both)).filter((one) => one === null).length).toBe(1);
  });

  it.each([
    ["nothing", {}],
    ["an edge to nowhere", { edges: [{ from: "start", exit: "next", to: "nowhere" }] }],
    ["a kind that is none", { nodes: [{ id: "start", kind: "magic", position: { x: 0, y: 0 } }] }],
    ["a second start", { more: "start" }],
    [
      "settings without end",
      { nodes: [{ id: "start", kind: "start", position: { x: 0, y: 0 }, settings: { a: "x".repeat(300_000) } }] },
    ],
  ])("is not taken with %s", async (what, change) => {
    const id = await add("Roto");
    const { draft, revision } = await open(id);
    const second = { id: "two", kind: "start", position: { x: 0, y: 0 } };
    const wrong =
      what === "nothing"
        ? {}
        : "more" in change
          ? { ...draft, nodes: [...draft.nodes, second] }
          : { ...draft, ...change };
    const save = saveDraft(world.admin, world.orgId, id, { revision, draft: wrong });
    expect(await refusal(save)).toMatchObject({ code: "flow_unreadable" });
  });

  it("leaves as a file and comes back; what it names and is not here is asked for first", async () => {
    const id = await add("Viaja", "welcome");
    const { draft } = await exportFlow(world.admin, world.orgId, id);
    const text = JSON.stringify(draft);
    const here = await importFlow(world.admin, world.orgId, { text, instead: {} });
    expect("id" in here && (await open(here.id)).draft).toEqual(draft);
    const foreign = await makeWorld();
    const areaId = foreign.areas.support;
    const renamed = text.replaceAll('"Soporte"', '"Taller"');
    const load = (instead: Record<string, string>) =>
      importFlow(foreign.admin, foreign.orgId, { text: renamed, instead });
    const asked = await load({});
    expect(asked).toEqual({ name: "Viaja", missing: [{ kind: "area", value: "Taller", nodes: [expect.any(String)] }] });
    expect((await listFlows(foreign.admin, foreign.orgId)).length).toBe(0);
    const added = await load({ "area Taller": areaId });
    const stored = "id" in added ? JSON.stringify((await openDraft(foreign.admin, foreign.orgId, added.id)).draft) : "";
    expect([stored.includes('"area":"Taller"'), stored.includes(areaId)]).toEqual([false, true]);
    for (const wrong of ["", "no", "{}", "[1]"])
      expect(await refusal(importFlow(world.admin, world.orgId, { text: wrong, instead: {} }))).toMatchObject({
        code: "flow_file_unreadable",
      });
  });

  it("leaves its traces in the audit log", async () => {
    const id = await add("Huella");
    await exportFlow(world.admin, world.orgId, id);
    await renameFlow(world.admin, world.orgId, id, "Huellas");
    const { entries } = await transact(world.admin, { orgId: world.orgId }, (ctx) =>
      listAudit(ctx, { orgId: world.orgId, limit: 10 }),
    );
    expect(
      entries
        .map(({ action }) => action)
        .filter((action) => action.startsWith("flow."))
        .sort(),
    ).toEqual(["flow.created", "flow.exported", "flow.published", "flow.renamed"]);
  });
});
