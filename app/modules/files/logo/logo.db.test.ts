import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getOrganisation, listAudit, runAs } from "~/modules/accounts/index.server";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { sweepFiles } from "../sweep-files.server";
import { answerLogo } from "./answer-logo.server";
import { LOGO_BYTES, removeLogo, setLogo } from "./change-logo.server";

const folder = mkdtempSync(join(tmpdir(), "guazu-logo-"));
withProduct({ DATA_DIR: folder });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let world: World;
let other: World;
let photo: Buffer;
beforeAll(async () => {
  world = await makeWorld();
  other = await makeWorld();
  photo = await sharp({ create: { width: 900, height: 300, channels: 3, background: "#8a3b12" } })
    .withExif({ IFD0: { Copyright: "canary-of-the-camera" } })
    .jpeg()
    .toBuffer();
});

const logoIdOf = async ({ orgId, admin }: World) =>
  (await runAs(admin, orgId)((ctx) => getOrganisation(ctx, orgId))).logoId;
const ask = (handle: string, query = "") =>
  answerLogo(new Request(`https://guazu.test/c/${handle}/logo${query}`), handle);

describe("an organisation's logo", () => {
  it("is drawn anew from any picture, small, without what the camera wrote, and everybody may see it", async () => {
    await setLogo(world.admin, { orgId: world.orgId, picture: photo });
    const id = await logoIdOf(world);
    const answer = await ask(world.handle, `?v=${id}`);
    const content = Buffer.from(await answer.arrayBuffer());
    const { format, width, height, exif } = await sharp(content).metadata();
    expect({ format, width, height, exif }).toEqual({ format: "png", width: 256, height: 85, exif: undefined });
    expect(content.includes("canary-of-the-camera")).toBe(false);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    expect((await ask(world.handle)).headers.get("cache-control")).toBe("public, max-age=300");
    await expect(ask(other.handle)).rejects.toMatchObject({ status: 404 });
  });

  it("outlives the sweep of files; the one before does not", async () => {
    const first = await logoIdOf(world);
    await setLogo(world.admin, { orgId: world.orgId, picture: photo });
    const second = await logoIdOf(world);
    await asSystem("test", (tx) => tx.execute(sql`update file set created_at = now() - interval '3 days'`));
    await sweepFiles();
    const rows = await asSystem("test", (tx) =>
      tx.select({ id: schema.file.id }).from(schema.file).where(eq(schema.file.orgId, world.orgId)),
    );
    expect(rows).toEqual([{ id: second }]);
    expect(second).not.toBe(first);
  });

  it("is the admins' alone to change, each of their own organisation's", async () => {
    const input = { orgId: world.orgId, picture: photo };
    await expect(setLogo(world.agent, input)).rejects.toMatchObject({ status: 403 });
    await expect(removeLogo(world.agent, world.orgId)).rejects.toMatchObject({ status: 403 });
    await expect(setLogo(other.admin, input)).rejects.toMatchObject({ status: 404 });
    await expect(removeLogo(other.admin, world.orgId)).rejects.toMatchObject({ status: 404 });
    expect(await logoIdOf(world)).not.toBeNull();
  });

  it("is no drawing that could run, no other file, nothing too large, and nothing is stored of them", async () => {
    const before = await logoIdOf(world);
    const drawing = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`);
    for (const picture of [drawing, Buffer.from("%PDF-1.7"), photo.subarray(0, 200)]) {
      const refused = setLogo(world.admin, { orgId: world.orgId, picture });
      await expect(refused).rejects.toMatchObject({ code: "picture_unreadable" });
    }
    const large = setLogo(world.admin, { orgId: world.orgId, picture: Buffer.alloc(LOGO_BYTES + 1) });
    await expect(large).rejects.toMatchObject({ code: "logo_too_large", status: 413 });
    expect(await logoIdOf(world)).toBe(before);
  });

  it("goes when it is taken away, and the log tells of both", async () => {
    await removeLogo(world.admin, world.orgId);
    await removeLogo(world.admin, world.orgId);
    expect(await logoIdOf(world)).toBeNull();
    await expect(ask(world.handle)).rejects.toMatchObject({ status: 404 });
    const { entries } = await runAs(
      world.admin,
      world.orgId,
    )((ctx) => listAudit(ctx, { orgId: world.orgId, limit: 10 }));
    const told = entries.map(({ action }) => action).filter((action) => action.includes("logo"));
    expect(told).toEqual(["organisation.logo_removed", "organisation.logo_changed", "organisation.logo_changed"]);
  });
});
