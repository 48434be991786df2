import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeThumbnail } from "~/modules/files/index.server";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { idOf, type Tus, tusOf, withFiles } from "../../support/files/tus";
import { makeCustomer, makeWorld } from "../../support/world";

const MB = 1_000_000;
const folder = mkdtempSync(join(tmpdir(), "guazu-small-disk-"));
/** A disk of 8 MiB and a few hundred files, where whoever runs this may make one. */
const mounted = (() => {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=8m,nr_inodes=400", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();
afterAll(() => {
  if (mounted) execFileSync("umount", [folder]);
  rmSync(folder, { recursive: true, force: true });
});
const { url } = withFiles({ DATA_DIR: folder });

describe.runIf(mounted)("a disk that is full (F29)", () => {
  let guest: Tus;
  let meta: Record<string, string>;
  beforeAll(async () => {
    const customer = await makeCustomer(await makeWorld());
    await customer.writes("hola");
    guest = tusOf(url, { authorization: `Bearer ${customer.token}` });
    meta = { conversation: customer.conversationId, filename: "f" };
  });

  const filler = join(folder, "filler");
  /** Takes what is left but so many bytes. */
  function fill(leave: number) {
    free();
    const [, left = "0"] = execFileSync("df", ["--output=avail", "-B1", folder], { encoding: "utf8" }).split("\n");
    mkdirSync(filler);
    writeFileSync(join(filler, "bytes"), Buffer.alloc(Math.max(0, Number(left) - leave)));
  }
  /** Leaves no room for another file or folder, however small. */
  function fillWithNames() {
    mkdirSync(filler);
    expect(() => {
      for (let n = 0; n < 1_000; n++) writeFileSync(join(filler, String(n)), "");
    }).toThrow(/ENOSPC/);
  }
  const free = () => rmSync(filler, { recursive: true, force: true });
  const fileRows = (id: string) =>
    asSystem("test", (tx) => tx.select().from(schema.file).where(eq(schema.file.id, id)));
  const strays = () =>
    readdirSync(join(folder, "files"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".new"));

  it("refuses a part with 507, keeps what came before it, and takes the rest once there is room", async () => {
    const bytes = randomBytes(3 * MB);
    const id = idOf(await guest.create(bytes.length, meta));
    expect((await guest.patch(id, 0, bytes.subarray(0, MB))).status).toBe(204);
    fill(MB);
    const refused = await guest.patch(id, MB, bytes.subarray(MB));
    expect([refused.status, await refused.json()]).toEqual([507, { code: "storage_full" }]);
    expect(await guest.offset(id)).toBe(MB);
    expect((await guest.patch(id, MB, bytes.subarray(MB))).status).toBe(507);
    expect(await fileRows(id)).toEqual([]);
    free();
    expect((await guest.patch(id, MB, bytes.subarray(MB))).status).toBe(204);
    const [row] = await fileRows(id);
    expect(row?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    const got = await guest.get(id);
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("refuses what begins where there is no room at all", async () => {
    const id = idOf(await guest.create(MB, meta));
    fill(0);
    expect((await guest.patch(id, 0, randomBytes(MB))).status).toBe(507);
    expect(await guest.offset(id)).toBe(0);
    free();
    expect((await guest.patch(id, 0, randomBytes(MB))).status).toBe(204);
  });

  it("at the end of an upload leaves it whole and no half file, and the next question finishes it", async () => {
    const id = idOf(await guest.create(5, meta));
    expect((await guest.patch(id, 0, "hell")).status).toBe(204);
    fillWithNames();
    const refused = await guest.patch(id, 4, "o");
    expect([refused.status, await refused.json()]).toEqual([507, { code: "storage_full" }]);
    expect((await guest.ask("HEAD", id)).status).toBe(507);
    expect(await fileRows(id)).toEqual([]);
    free();
    expect(await guest.offset(id)).toBe(5);
    expect(await fileRows(id)).toMatchObject([{ size: 5 }]);
    expect(await (await guest.get(id)).text()).toBe("hello");
    expect(strays()).toEqual([]);
  });

  it("refuses what begins where no file can be made", async () => {
    const id = idOf(await guest.create(5, meta));
    fillWithNames();
    expect((await guest.patch(id, 0, "hello")).status).toBe(507);
    free();
    expect((await guest.patch(id, 0, "hello")).status).toBe(204);
  });

  it("keeps a picture without its small one, which comes with the next attempt", async () => {
    const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
    const picture = await sharp({ create: { width: 900, height: 900, channels: 3, background: "red", noise } })
      .jpeg()
      .toBuffer();
    const id = await guest.send(picture, { ...meta, filename: "foto.jpg" });
    const attempt = { id: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal };
    fill(0);
    await expect(makeThumbnail.run({ fileId: id }, attempt)).rejects.toMatchObject({ code: "storage_full" });
    expect(await fileRows(id)).toMatchObject([{ kind: "image", thumbnailAt: null, placeholder: null }]);
    expect((await guest.get(id, {}, "?size=thumb")).headers.get("content-type")).toBe("image/jpeg");
    expect(strays()).toEqual([]);
    free();
    await makeThumbnail.run({ fileId: id }, attempt);
    expect((await guest.get(id, {}, "?size=thumb")).headers.get("content-type")).toBe("image/webp");
  });

  it("has left nothing half: every file is there, every upload is as long as it says", async () => {
    const { file, upload } = schema;
    const [files, uploads] = await asSystem("test", async (tx) => [
      await tx.select().from(file),
      await tx
        .select()
        .from(upload)
        .where(and(eq(upload.received, upload.size))),
    ]);
    for (const { id, size } of files ?? []) {
      const got = await guest.get(id);
      expect((await got.arrayBuffer()).byteLength).toBe(size);
    }
    expect(uploads).toEqual([]);
  });
});
