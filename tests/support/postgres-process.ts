/**
 * A process of its own that uses the embedded PostgreSQL of a data folder: prints what it got as a line of JSON, stops
 * using it when its input ends, and prints "stopped".
 */
import { startEmbeddedPostgres } from "../../app/platform/postgres/embedded.server";

const server = await startEmbeddedPostgres(process.argv[2] ?? "", { durable: false });
console.log(JSON.stringify({ url: server.url, adopted: server.adopted }));
process.stdin.resume().on("end", async () => {
  await server.stop();
  console.log("stopped");
});
