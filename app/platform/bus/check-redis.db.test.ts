import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRedis, type TestRedis } from "../../../tests/support/redis";
import { checkRedis } from "./check-redis.server";

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.stop());

/** Answers every command with the same line. */
async function pretender(line: string) {
  const server = createServer((socket) => {
    socket.on("data", (sent) => {
      // Several commands may come in one piece; each begins with the count of its words.
      const commands = String(sent).match(/\*\d+\r\n/g)?.length ?? 0;
      socket.write(line.repeat(commands));
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `redis://127.0.0.1:${port}`, close: () => server.close() };
}

describe("the check of Redis", () => {
  it("takes the one that is here", async () => {
    await expect(checkRedis(redis.url)).resolves.toBeUndefined();
  });

  it("refuses one that is too old to say its version", async () => {
    const old = await pretender("-ERR unknown command\r\n");
    await expect(checkRedis(old.url)).rejects.toThrow(/Redis 6 or newer is needed/);
    old.close();
  });

  it("says nothing of one that is away: the product starts, and the bus goes on trying", async () => {
    await expect(checkRedis("redis://127.0.0.1:1")).resolves.toBeUndefined();
  });
});
