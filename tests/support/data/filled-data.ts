import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { startProduct } from "../product";
import { FILLED } from "./data-dir";

/** Once for a run of the product's tests: a data folder with its PostgreSQL made and the demo in it, for others to copy. */
export default async function setUp(): Promise<() => void> {
  const product = await startProduct();
  await product.stop();
  process.env[FILLED] = product.dataDir;
  return () => rmSync(resolve(product.dataDir, ".."), { recursive: true, force: true });
}
