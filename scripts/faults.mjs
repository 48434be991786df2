// npm run faults: kills and cuts every part in turn while people write. Names pick some; --repeats, --seed, --short.
import { spawn } from "node:child_process";
import { ensureBuilt, ensureInstalled, main, root } from "./prepare.mjs";
import { ensureSystemPackages } from "./system-packages.mjs";

await main(async () => {
  await ensureInstalled(console.log);
  await ensureBuilt(console.log);
  await ensureSystemPackages(console.log);
  const child = spawn(process.execPath, ["--import", "tsx", "tests/faults/main.ts", ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.exitCode = await new Promise((done) => child.on("close", (code) => done(code ?? 1)));
});
