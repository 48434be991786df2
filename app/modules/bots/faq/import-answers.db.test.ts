import { expect, it } from "vitest";
import { runAs } from "~/modules/accounts/index.server";
import { makeWorld, withProduct } from "../../../../tests/support/world";
import { listAnswers } from "./find-answers.server";
import { exportAnswers, importAnswers } from "./import-answers.server";

withProduct();

const FILE = "language,questions,answer\nes,¿Hacen envíos?,Sí\nes,¿Abren?,\npt,Tem loja?,Sim\n";

it("a file is tried without a trace, imported once, changed by its second coming, and exported whole", async () => {
  const [world, theirs] = [await makeWorld(), await makeWorld()];
  const run = runAs(world.admin, world.orgId);
  const take = (text: string, dryRun = false) => run((ctx) => importAnswers(ctx, world.orgId, { text, dryRun }));
  const there = async () => (await run((ctx) => listAnswers(ctx, world.orgId))).answers.map(({ answer }) => answer);
  const wrong = [{ line: 3, column: "answer", code: "answer_text_invalid" }];
  expect(await take(FILE, true)).toEqual({ dryRun: true, lines: 3, created: 2, changed: 0, problems: wrong });
  expect(await there()).toEqual([]);
  expect(await take(FILE)).toMatchObject({ created: 2, changed: 0, problems: wrong });
  expect(await take(FILE.replace("Sí", "A todo el país").replace("¿Hacen", "Hacen"))).toMatchObject({
    ...{ created: 0, changed: 2 },
  });
  expect(await there()).toEqual(["A todo el país", "Sim"]);
  const file = await run((ctx) => exportAnswers(ctx, world.orgId));
  expect(await take(file)).toMatchObject({ lines: 2, created: 0, changed: 2, problems: [] });
  for (const actor of [world.agent, theirs.admin]) {
    await expect(runAs(actor, world.orgId)((ctx) => exportAnswers(ctx, world.orgId))).rejects.toMatchObject({
      code: expect.stringMatching(/forbidden|not_found/),
    });
    await expect(
      runAs(actor, world.orgId)((ctx) => importAnswers(ctx, world.orgId, { text: FILE, dryRun: false })),
    ).rejects.toMatchObject({ code: expect.stringMatching(/forbidden|not_found/) });
  }
});
