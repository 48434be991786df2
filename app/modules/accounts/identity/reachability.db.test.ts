import { expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { makeAccount, makeWorld, withProduct } from "../../../../tests/support/world";
import { createOrganisation } from "../organisations/create-organisation.server";
import { getReachability, setReachability } from "./reachability.server";

withProduct();

it("a handle is somebody's alone: not another person's, not an organisation's, and none that means the product", async () => {
  const [ana, beto, world] = [await makeAccount("Ana"), await makeAccount("Beto"), await makeWorld()];
  const handle = `ana-${newId().slice(-6)}`;
  expect(await getReachability(ana)).toEqual({ handle: null, findable: true });
  await setReachability(ana, { handle: ` @${handle.toUpperCase()} `, findable: false });
  expect(await getReachability(ana)).toEqual({ handle, findable: false });
  const refused = (given: string, code: string) =>
    expect(setReachability(beto, { handle: given, findable: true })).rejects.toMatchObject({ code });
  await refused(handle, "handle_taken");
  await refused(world.handle, "handle_taken");
  await refused("admin", "handle_reserved");
  await refused("a b", "handle_malformed");
  await setReachability(ana, { handle: "", findable: true });
  await setReachability(beto, { handle, findable: true });
  expect(await getReachability(beto)).toEqual({ handle, findable: true });
  const organisation = { handle, name: "Otra", locale: "es", areaName: "General", adminAccountId: ana.accountId };
  const founding = transactAsSystem(SYSTEM, "test", (ctx) => createOrganisation(ctx, organisation));
  await expect(founding).rejects.toMatchObject({ code: "handle_taken" });
});
