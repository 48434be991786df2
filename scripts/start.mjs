import { ensureBuilt, ensureInstalled, loadSettings, main } from "./prepare.mjs";
import { runServer } from "./run-server.mjs";

await main(async () => {
  loadSettings();
  await ensureInstalled(console.log);
  await ensureBuilt(console.log);
  runServer(["build/server.js"], { NODE_ENV: "production", DEMO: process.env.DEMO || "1" });
});
