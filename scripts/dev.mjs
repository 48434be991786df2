import { ensureInstalled, loadSettings, main } from "./prepare.mjs";
import { runServer } from "./run-server.mjs";

await main(async () => {
  loadSettings();
  await ensureInstalled(console.log);
  const env = { GUAZU_DEV: "1", NODE_ENV: "development", DEMO: process.env.DEMO || "1" };
  // The Vite server inside Remix's plugin ends the process at a SIGTERM, before the database is stopped.
  runServer(["--import", "tsx", "server.ts"], env, "SIGINT");
});
