import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { collectAll } from "../../../app/runtime/give-back-memory.server";
import { idOf, tusOf, withFiles } from "../../support/files/tus";
import { makeCustomer, makeWorld } from "../../support/world";

const { url } = withFiles();
const SIZE = 200_000_000;

/** A process of its own that reads and counts. */
const READER = `
const [address, given] = process.argv.slice(1);
require("node:http").get(address, { headers: JSON.parse(given) }, async (answer) => {
  let read = 0;
  for await (const part of answer) read += part.length;
  console.log(answer.statusCode, read);
});`;

/** A process that pours out the whole as fast as it can, and begins again behind what the server has when its line is cut. */
const FLOOD = `
const [address, given] = process.argv.slice(1);
const headers = JSON.parse(given);
const { request } = require("node:http");
const ask = (method, more, pour) => new Promise((done) => {
  const asked = request(address, { method, headers: { ...headers, ...more } }, (answer) => answer.resume().on("end", () => done(answer)));
  asked.on("error", () => done(null));
  pour(asked);
});
const piece = Buffer.alloc(1e6, 7);
async function main() {
  for (let cuts = 0; ; cuts++) {
    const head = await ask("HEAD", {}, (asked) => asked.end());
    const offset = Number(head?.headers["upload-offset"] ?? 0);
    if (offset === ${SIZE}) return console.log(cuts);
    const more = { "upload-offset": offset, "content-type": "application/offset+octet-stream", "content-length": ${SIZE} - offset };
    await ask("PATCH", more, (asked) => {
      let left = ${SIZE} - offset;
      const feed = () => {
        for (let free = true; free && left > 0; left -= Math.min(left, 1e6)) free = asked.write(left < 1e6 ? piece.subarray(0, left) : piece);
        if (left === 0) asked.end();
      };
      asked.on("drain", feed);
      feed();
    });
  }
}
main();`;

async function peer(source: string, address: string, headers: Record<string, string>): Promise<string> {
  return (await promisify(execFile)(process.execPath, ["-e", source, address, JSON.stringify(headers)])).stdout.trim();
}

async function beginUpload() {
  const customer = await makeCustomer(await makeWorld());
  await customer.writes("hola");
  const sender = { authorization: `Bearer ${customer.token}` };
  const id = idOf(await tusOf(url, sender).create(SIZE, { conversation: customer.conversationId, filename: "f" }));
  return { id, sender };
}

/** Half of the file: what waits of one body, and of those that were cut off just before, is less. In bytes. */
const MAY_BE_HELD = 100_000_000;

/** After a collection the runtime gives buffers back by and by, beside other work: so many looks, so far apart, see it. */
const LOOKS = 8;
const APART_MS = 20;

/**
 * By how many bytes what is held of bodies grew at most while something worked. Where it seems too much, what nobody needs
 * any more is collected, and the least that is then seen counts: when a runtime collects by itself is no matter of ours.
 */
async function growthDuring(work: () => Promise<void>): Promise<number> {
  const held = () => process.memoryUsage().arrayBuffers;
  collectAll();
  const before = held();
  let most = 0;
  let working = true;
  const watch = async () => {
    while (working) {
      let least = held() - before;
      if (least > MAY_BE_HELD) collectAll();
      for (let look = 0; look < LOOKS && least > MAY_BE_HELD; look++) {
        await sleep(APART_MS);
        least = Math.min(least, held() - before);
      }
      most = Math.max(most, least);
      await sleep(100);
    }
  };
  const watching = watch();
  await work().finally(() => {
    working = false;
  });
  await watching;
  return most;
}

it("memory stays flat over a file of 200 MB, in and out, and what pours faster than the disk takes is cut off and comes back", async () => {
  const { id, sender } = await beginUpload();
  const headers = { ...sender, "tus-resumable": "1.0.0" };
  let cuts = "";
  const coming = await growthDuring(async () => {
    cuts = await peer(FLOOD, `${url()}/uploads/${id}`, headers);
  });
  const [row] = await asSystem("test", (tx) => tx.select().from(schema.file).where(eq(schema.file.id, id)));
  expect(row).toMatchObject({ size: SIZE, sha256: createHash("sha256").update(Buffer.alloc(SIZE, 7)).digest("hex") });
  const going = await growthDuring(async () => {
    expect(await peer(READER, `${url()}/media/${id}`, sender)).toBe(`200 ${SIZE}`);
  });
  const [inMb, outMb] = [coming, going].map((bytes) => Math.round(bytes / 1e6));
  console.log(`at most ${inMb} MB were held in (begun anew ${cuts} times) and ${outMb} MB out, of ${SIZE / 1e6} MB`);
  expect(coming).toBeLessThan(MAY_BE_HELD);
  expect(going).toBeLessThan(MAY_BE_HELD);
});
