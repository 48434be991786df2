import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { s3Storage } from "./s3-storage.server";

const KEYS = { accessKey: "AKEXAMPLE", secretKey: "a secret of the test" };
const MIB = 1024 * 1024;
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

/** The signature (AWS's SigV4) that a request must carry, worked out from its own head, as Amazon describes it. */
function signatureOf({ method = "", url = "", headers }: IncomingMessage): { given: string; right: string } {
  const found = /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)/.exec(headers.authorization ?? "");
  const [, scope = "", signed = "", given = ""] = found ?? [];
  const { pathname, searchParams } = new URL(url, "http://x");
  const query = [...searchParams]
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`)
    .sort()
    .join("&");
  const lines = signed.split(";").map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`);
  const hash = String(headers["x-amz-content-sha256"]);
  const canonical = [method, pathname, query, lines.join(""), signed, hash].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = scope.split("/").reduce<string | Buffer>((made, part) => hmac(made, part), `AWS4${KEYS.secretKey}`);
  return { given, right: hmac(key, toSign).toString("hex") };
}

/**
 * A double of S3, ours: it checks each signature, the hash of each body where the sender says one, and that every part
 * but the last has 5 MiB. No real S3 is asked.
 */
function s3Double() {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const seen: string[] = [];
  const answer = (request: IncomingMessage, body: Buffer): [status: number, body: string | Buffer] => {
    const { given, right } = signatureOf(request);
    if (given !== right) return [403, "<Error><Code>SignatureDoesNotMatch</Code></Error>"];
    const said = String(request.headers["x-amz-content-sha256"]);
    if (/^[0-9a-f]{64}$/.test(said) && said !== sha256(body)) return [400, "<Error><Code>BadDigest</Code></Error>"];
    const { pathname: key, searchParams } = new URL(request.url ?? "", "http://x");
    const upload = searchParams.get("uploadId");
    seen.push(`${request.method}${searchParams.has("uploads") || upload ? " part" : ""}`);
    if (request.method === "POST" && searchParams.has("uploads")) {
      uploads.set("u1", new Map());
      return [200, "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>"];
    }
    if (request.method === "PUT" && upload) {
      uploads.get(upload)?.set(Number(searchParams.get("partNumber")), body);
      return [200, ""];
    }
    if (request.method === "POST" && upload) {
      const parts = [...(uploads.get(upload) ?? [])].sort(([a], [b]) => a - b).map(([, part]) => part);
      if (parts.slice(0, -1).some((part) => part.length < 5 * MIB))
        return [400, "<Error><Code>EntityTooSmall</Code></Error>"];
      objects.set(key, Buffer.concat(parts));
      return [200, "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"];
    }
    if (request.method === "PUT") objects.set(key, body);
    if (request.method === "DELETE") objects.delete(key);
    if (request.method !== "GET") return [request.method === "DELETE" ? 204 : 200, ""];
    const object = objects.get(key);
    if (!object) return [404, "<Error><Code>NoSuchKey</Code></Error>"];
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    return from ? [206, object.subarray(Number(from), Number(to) + 1)] : [200, object];
  };
  const server = createServer(async (request, response) => {
    const [status, body] = answer(request, await buffer(request));
    response.writeHead(status, { "content-type": "application/xml", etag: '"x"' }).end(body);
  });
  return { server, objects, seen };
}

describe("a bucket", () => {
  const double = s3Double();
  const folder = mkdtempSync(join(tmpdir(), "guazu-s3-"));
  let server: Server;
  const storage = (secretKey = KEYS.secretKey) => {
    const { port } = server.address() as AddressInfo;
    return s3Storage({ endpoint: `http://127.0.0.1:${port}`, name: "archivos", ...KEYS, secretKey }, folder);
  };
  const key = `ab/${"ab".repeat(32)}-01a20579-2204-7423-b6bc-bbdceae7d8f3`;

  beforeAll(async () => {
    server = double.server.listen(0, "127.0.0.1");
    await new Promise((listening) => server.once("listening", listening));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("takes a large file in signed parts of at least 5 MiB, and gives it back whole and in ranges", async () => {
    const bytes = randomBytes(18 * MIB + 7);
    const path = join(folder, "large");
    writeFileSync(path, bytes);
    await storage().put(key, path);
    expect(double.seen.filter((what) => what === "PUT part")).toHaveLength(3);
    expect(double.objects.get(`/archivos/${key}`)?.equals(bytes)).toBe(true);
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
});
