import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { idOf, tusOf } from "../support/files/tus";
import { type Product, startProduct } from "../support/product";

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.dispose());

it("an upload outlives a server that is killed, and goes on from what was acknowledged (F28)", async () => {
  const opened = await fetch(`${product.url}/api/v1/public/demo/conversations`, { method: "POST" });
  const { data } = (await opened.json()) as { data: { token: string; conversation_id: string } };
  const guest = tusOf(() => product.url, { authorization: `Bearer ${data.token}` });
  const bytes = randomBytes(5_000_000);
  const id = idOf(await guest.create(bytes.length, { conversation: data.conversation_id, filename: "película.bin" }));
  expect((await guest.patch(id, 0, bytes.subarray(0, 3_000_000))).status).toBe(204);
  await product.kill9();
  await product.startAgain();
  expect(await guest.offset(id)).toBe(3_000_000);
  expect((await guest.patch(id, 3_000_000, bytes.subarray(3_000_000))).status).toBe(204);
  const got = await guest.get(id);
  expect(got.status).toBe(200);
  expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
});
