import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEYS, s3Double } from "../../../../tests/support/files/s3-double";
import { s3Storage } from "./s3-storage.server";

const MIB = 1024 * 1024;

describe("a bucket", () => {
  const double = s3Double();
  const folder = mkdtempSync(join(tmpdir(), "guazu-s3-"));
  let endpoint = "";
  const storage = (secretKey = KEYS.secretKey) => s3Storage({ endpoint, name: "archivos", ...KEYS, secretKey }, folder);
  const key = `ab/${"ab".repeat(32)}-01a20579-2204-7423-b6bc-bbdceae7d8f3`;

  beforeAll(async () => {
    endpoint = await double.listen();
  });
  afterAll(() => {
    double.server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("takes a large file in signed parts of at least 5 MiB, and gives it back whole and in ranges", async () => {
    const bytes = randomBytes(22 * MIB + 7);
    const path = join(folder, "large");
    writeFileSync(path, bytes);
    await storage().put(key, path);
    expect(double.seen.filter((what) => what === "PUT part")).toHaveLength(3);
    expect(double.objects.get(`/archivos/${key}`)?.equals(bytes)).toBe(true);
    expect(double.begun.size).toBe(0);
    expect((await buffer(await storage().read(key))).equals(bytes)).toBe(true);
    const range = await buffer(await storage().read(key, { start: 10, end: 19 }));
    expect(range).toEqual(bytes.subarray(10, 20));
  });

  it("lends a file of this machine and takes it away again, and forgets what is removed", async () => {
    await storage().put(key, Buffer.from("hola"));
    const lent = await storage().lend(key, async (path) => readdirSync(folder).some((name) => path.endsWith(name)));
    expect(lent).toBe(true);
    expect(readdirSync(folder)).toEqual(["large"]);
    await storage().remove(key);
    await expect(storage().read(key)).rejects.toMatchObject({ code: "not_found" });
  });

  it("that does not let us in is unavailable, and not a file that is missing", async () => {
    await expect(storage("another secret").put(key, Buffer.from("x"))).rejects.toMatchObject({ code: "unavailable" });
    await expect(storage("another secret").read(key)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("lets go of parts that a process left there when it died, of its own files alone, and of none that are young", async () => {
    const begun = (what: string, at: string) => ({ key: `/archivos/${what}`, begun: new Date(at), parts: new Map() });
    double.begun.set("old", begun(key, "2026-01-01"));
    double.begun.set("young", begun(`${key}-thumbnail`, "2026-01-03"));
    double.begun.set("somebody's", begun("backups/2026.tar", "2026-01-01"));
    await storage().tidy(new Date("2026-01-02"));
    expect([...double.begun.keys()]).toEqual(["young", "somebody's"]);
    double.begun.clear();
  });
});
