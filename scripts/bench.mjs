// npm run bench: the benchmarks, each beside its reference. Names pick some of them; --quick shows that they work.
import { spawn } from "node:child_process";
import { ensureBuilt, ensureInstalled, main, root } from "./prepare.mjs";
import { ensureSystemPackages, FOR_BENCHMARKS } from "./system-packages.mjs";

await main(async () => {
  await ensureInstalled(console.log);
  await ensureBuilt(console.log);
  await ensureSystemPackages(console.log, FOR_BENCHMARKS);
  const child = spawn(process.execPath, ["--import", "tsx", "tests/bench/run.ts", ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = await new Promise((done) => child.on("close", (code) => done(code ?? 1)));
});
