import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { collectAll } from "../../../app/runtime/give-back-memory.server";
import { idOf, tusOf, withFiles } from "../../support/files/tus";
import { makeCustomer, makeWorld } from "../../support/world";

const { url } = withFiles();
const SIZE = 200_000_000;

/** A process of its own that sends, or reads and counts, 100 MB a second: what a fast network carries. */
const PEER = `
const [method, address, headers] = process.argv.slice(1);
const { request } = require("node:http");
const asked = request(address, { method, headers: JSON.parse(headers) }, async (answer) => {
  let read = 0;
  for await (const part of answer) read += part.length;
  console.log(answer.statusCode, read);
});
let sent = 0;
const piece = Buffer.alloc(1e6, 7);
const send = () => {
  if (method === "GET" || sent === ${SIZE}) return asked.end();
  sent += piece.length;
  const next = () => setTimeout(send, 10);
  if (asked.write(piece)) next();
  else asked.once("drain", next);
};
send();`;

async function peer(method: string, address: string, headers: Record<string, string>): Promise<string> {
  const run = promisify(execFile);
  return (await run(process.execPath, ["-e", PEER, method, address, JSON.stringify(headers)])).stdout.trim();
}

it("memory stays flat over a file of 200 MB, in and out", async () => {
  const world = await makeWorld();
  const customer = await makeCustomer(world);
  await customer.writes("hola");
  const sender = { authorization: `Bearer ${customer.token}` };
  const id = idOf(await tusOf(url, sender).create(SIZE, { conversation: customer.conversationId, filename: "f" }));
  collectAll();
  const before = process.memoryUsage().rss;
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 20);
  const tus = { "tus-resumable": "1.0.0", "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  const patched = await peer("PATCH", `${url()}/uploads/${id}`, { ...sender, ...tus, "content-length": String(SIZE) });
  expect(patched).toBe("204 0");
  expect(await peer("GET", `${url()}/media/${id}`, sender)).toBe(`200 ${SIZE}`);
  clearInterval(watch);
  console.log(`memory grew by at most ${Math.round(most / 1e6)} MB over ${SIZE / 1e6} MB in and out`);
  expect(most).toBeLessThan(120_000_000);
});
