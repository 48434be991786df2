import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KEYS, s3Double } from "../support/files/s3-double";
import { idOf, tusOf } from "../support/files/tus-client";
import { type Product, startProduct } from "../support/product";

let product: Product;
const bucket = s3Double();
beforeAll(async () => {
  const endpoint = await bucket.listen();
  const keys = { S3_ACCESS_KEY: KEYS.accessKey, S3_SECRET_KEY: KEYS.secretKey };
  product = await startProduct({ env: { S3_ENDPOINT: endpoint, S3_BUCKET: "archivos", ...keys } });
});
afterAll(async () => {
  await product?.dispose();
  bucket.server.close();
});

async function beginUpload(size: number) {
  const opened = await fetch(`${product.url}/api/v1/public/demo/conversations`, { method: "POST" });
  const { data } = (await opened.json()) as { data: { token: string; conversation_id: string } };
  const guest = tusOf(() => product.url, { authorization: `Bearer ${data.token}` });
  const id = idOf(await guest.create(size, { conversation: data.conversation_id, filename: "película.bin" }));
  return { guest, id };
}

it("an upload outlives a server that is killed, and goes on from what was acknowledged (F28)", async () => {
  const bytes = randomBytes(5_000_000);
  const { guest, id } = await beginUpload(bytes.length);
  expect((await guest.patch(id, 0, bytes.subarray(0, 3_000_000))).status).toBe(204);
  await product.kill9();
  await product.startAgain();
  expect(await guest.offset(id)).toBe(3_000_000);
  expect((await guest.patch(id, 3_000_000, bytes.subarray(3_000_000))).status).toBe(204);
  const got = await guest.get(id);
  expect(got.status).toBe(200);
  expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
});

it("a file on its way to the bucket gets there though the server is killed in its midst, in parts of at least 5 MiB (F28)", async () => {
  const bytes = randomBytes(22_000_000);
  const { guest, id } = await beginUpload(bytes.length);
  const sent = bucket.seen.length;
  const release = bucket.hold();
  for (const at of [0, 8_000_000]) await guest.patch(id, at, bytes.subarray(at, at + 8_000_000));
  const last = guest.patch(id, 16_000_000, bytes.subarray(16_000_000)).catch(() => null);
  await expect.poll(() => bucket.begun.size, { timeout: 20_000 }).toBe(1);
  await product.kill9();
  expect(await last).toBe(null);
  expect(bucket.objects.size).toBe(1);
  release();
  await product.startAgain();
  await expect.poll(() => guest.offset(id).catch(() => null), { timeout: 20_000 }).toBe(bytes.length);
  const got = await guest.get(id);
  expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
  expect(bucket.seen.slice(sent).filter((what) => what === "PUT part").length).toBeGreaterThanOrEqual(3);
});
