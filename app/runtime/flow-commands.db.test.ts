import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { changeScenario, keepScenario, listFlows } from "~/modules/bots/index.server";
import { makeWorld, withProduct } from "../../tests/support/world";
import { welcomeFlow } from "../modules/bots/starters/welcome";
import { EXIT_CODE } from "./command.server";
import { runCommand } from "./commands.server";

withProduct();

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "guazu-flow-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const script = (said: string) => ({
  schema: 1,
  situation: { channel: "web", startsAt: "2026-03-02T12:00:00.000Z" },
  steps: [
    {
      do: "say",
      answer: { kind: "text", text: "salir", payload: null },
      expect: { says: [{ text: said }], ends: "closed" },
    },
  ],
});

it("flows are linted for an organisation, exported, and their scenarios run, by the command line", async () => {
  const { admin, orgId, handle } = await makeWorld({ bot: true });
  const flow = welcomeFlow("es");
  const [own] = await listFlows(admin, orgId);
  const exported = await runCommand(["flow:export", handle, own?.name.toUpperCase() ?? ""]);
  expect(exported).toMatchObject({ schema: 1, name: own?.name });
  const path = join(folder, "flow.json");
  const lint = async (draft: object, ...more: string[]) => {
    writeFileSync(path, JSON.stringify(draft));
    const told = (await runCommand(["flow:lint", path, ...more])) as { data: { rule: string; node: string }[] };
    return { code: (told as { [EXIT_CODE]?: number })[EXIT_CODE] ?? 0, data: told.data };
  };
  const elsewhere = JSON.parse(JSON.stringify(flow).replaceAll('"area":"Ventas"', '"area":"Sótano"'));
  expect(await lint(exported, "--org", handle)).toMatchObject({ code: 0 });
  expect((await lint(elsewhere)).code).toBe(0);
  expect(await lint(elsewhere, "--org", orgId)).toMatchObject({
    ...{ code: 1, data: expect.arrayContaining([expect.objectContaining({ rule: "missing_reference" })]) },
  });

  const flowId = own?.id ?? "";
  const run = async () => {
    const told = (await runCommand(["flow:scenarios", orgId, flowId])) as { data: object[]; [EXIT_CODE]?: number };
    return { code: told[EXIT_CODE] ?? 0, data: told.data };
  };
  expect(await run()).toEqual({ code: 0, data: [] });
  const { id } = await keepScenario(admin, orgId, flowId, { name: "Salir", script: script("¿Otra cosa?") });
  expect(await run()).toMatchObject({ code: 1, data: [{ name: "Salir", passed: false, differences: [{ step: 1 }] }] });
  const [{ differences }] = (await run()).data as [{ differences: { got: { says: { text: string }[] } }[] }];
  const said = differences[0]?.got.says[0]?.text ?? "";
  await changeScenario(admin, orgId, flowId, { id, script: script(said) });
  expect(await run()).toMatchObject({ code: 0, data: [{ passed: true }] });
  for (const wrong of [
    ["flow:export", handle],
    ["flow:export", "nadie", "bienvenida"],
    ["flow:scenarios", handle, "ninguno"],
  ])
    await expect(runCommand(wrong)).rejects.toThrow(/takes|there is no/);
});
