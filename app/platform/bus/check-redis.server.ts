import { Redis } from "ioredis";
import { SettingError } from "../env.server";

const OLDEST = 6;
const PATIENCE_MS = 3_000;

/** The version in an answer of HELLO, "" when there is none. */
function versionIn(answer: unknown): string {
  if (!Array.isArray(answer)) return "";
  const at = answer.indexOf("version");
  return at < 0 ? "" : String(answer[at + 1] ?? "");
}

/**
 * Refuses a Redis that is too old. HELLO is asked, which came with version 6 and is not among the commands that a careful
 * ACL takes away. Says nothing of a server that cannot be reached or does not answer the question: the bus goes on trying.
 * @throws SettingError with one line
 */
export async function checkRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: null,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const version = await client.call("HELLO").then(versionIn, (error: Error) => {
      if (/unknown command/i.test(error.message)) return "5 or older";
      return "";
    });
    const major = Number.parseInt(version, 10);
    if (major < OLDEST) throw new SettingError(`Redis ${OLDEST} or newer is needed (REDIS_URL is ${version})`);
  } catch (error) {
    if (error instanceof SettingError) throw error;
  } finally {
    client.disconnect();
  }
}
