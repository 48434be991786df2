import { ensureInstalled, loadSettings, main } from "./prepare.mjs";
import { runServer } from "./run-server.mjs";

await main(async () => {
  loadSettings();
  await ensureInstalled(console.log);
  runServer(["--import", "tsx", "server.ts"], {
    GUAZU_DEV: "1",
    NODE_ENV: "development",
    DEMO: process.env.DEMO || "1",
  });
});
