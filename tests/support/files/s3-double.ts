import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export const KEYS = { accessKey: "AKEXAMPLE", secretKey: "a secret of the test" };
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

type Multipart = { key: string; begun: Date; parts: Map<number, Buffer> };
type Answer = [status: number, body: string | Buffer];

const refusal = (status: number, code: string): Answer => [status, `<Error><Code>${code}</Code></Error>`];

/** What a bucket does with parts: it keeps them apart until all are there, and takes none but the last below 5 MiB. */
function partsOf(objects: Map<string, Buffer>) {
  const begun = new Map<string, Multipart>();
  let numbers = 0;
  const listed = () =>
    [...begun].map(
      ([id, { key, begun: at }]) =>
        `<Upload><Key>${key.split("/").slice(2).join("/")}</Key><UploadId>${id}</UploadId><Initiated>${at.toISOString()}</Initiated></Upload>`,
    );
  function answer(method: string, key: string, query: URLSearchParams, body: Buffer): Answer | null {
    const id = query.get("uploadId") ?? "";
    if (method === "GET" && query.has("uploads"))
      return [
        200,
        `<ListMultipartUploadsResult>${listed().join("")}<IsTruncated>false</IsTruncated></ListMultipartUploadsResult>`,
      ];
    if (method === "POST" && query.has("uploads")) {
      begun.set(`u${++numbers}`, { key, begun: new Date(), parts: new Map() });
      return [200, `<InitiateMultipartUploadResult><UploadId>u${numbers}</UploadId></InitiateMultipartUploadResult>`];
    }
    if (!id) return null;
    const multipart = begun.get(id);
    if (multipart?.key !== key) return refusal(404, "NoSuchUpload");
    if (method === "PUT") multipart.parts.set(Number(query.get("partNumber")), body);
    if (method === "PUT") return [200, ""];
    if (method === "DELETE") return [begun.delete(id) ? 204 : 404, ""];
    const parts = [...multipart.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
    if (parts.slice(0, -1).some((part) => part.length < 5 * MIB)) return refusal(400, "EntityTooSmall");
    objects.set(key, Buffer.concat(parts));
    begun.delete(id);
    return [200, "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"];
  }
  return { begun, answer };
}

/**
 * A double of S3, ours: it checks each signature, the hash of each body where the sender says one, and that every part
 * but the last has 5 MiB. No real S3 is asked.
 */
export function s3Double() {
  const objects = new Map<string, Buffer>();
  const parts = partsOf(objects);
  const seen: string[] = [];
  let mayPut = Promise.resolve();
  const answer = (request: IncomingMessage, body: Buffer): Answer => {
    const { given, right } = signatureOf(request);
    if (given !== right) return refusal(403, "SignatureDoesNotMatch");
    const said = String(request.headers["x-amz-content-sha256"]);
    if (/^[0-9a-f]{64}$/.test(said) && said !== sha256(body)) return refusal(400, "BadDigest");
    const { method = "", url = "" } = request;
    const { pathname: key, searchParams } = new URL(url, "http://x");
    seen.push(`${method}${searchParams.has("uploads") || searchParams.has("uploadId") ? " part" : ""}`);
    const ofParts = parts.answer(method, key, searchParams, body);
    if (ofParts) return ofParts;
    if (method === "PUT") objects.set(key, body);
    if (method === "DELETE") objects.delete(key);
    if (method !== "GET") return [method === "DELETE" ? 204 : 200, ""];
    const object = objects.get(key);
    if (!object) return refusal(404, "NoSuchKey");
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    return from ? [206, object.subarray(Number(from), Number(to) + 1)] : [200, object];
  };
  const server = createServer(async (request, response) => {
    // Who is killed while it sends has no answer.
    const body = await buffer(request).catch(() => null);
    if (!body) return;
    if (request.method === "PUT") await mayPut;
    const [status, content] = answer(request, body);
    response.writeHead(status, { "content-type": "application/xml", etag: '"x"' }).end(content);
  });
  return {
    server,
    objects,
    /** Multipart uploads that were begun and neither ended nor given up. */
    begun: parts.begun,
    seen,
    /** Opens it on a port of this machine, and gives its address. */
    async listen(): Promise<string> {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    /** Answers no PUT until what it gives is called. */
    hold(): () => void {
      let release = () => {};
      mayPut = new Promise((done) => (release = done));
      return release;
    },
  };
}
