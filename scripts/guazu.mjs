import { ensureBuilt, ensureInstalled, loadSettings, main } from "./prepare.mjs";

// Standard output is the answer's: with --json its last line is the JSON.
const say = (text) => console.error(text);

await main(async () => {
  loadSettings();
  await ensureInstalled(say);
  await ensureBuilt(say);
  process.env.NODE_ENV = "production";
  const build = await import(new URL("../build/server/index.js", import.meta.url).href);
  const code = await build.entry.module.runCommand(process.argv.slice(2));
  // A pipe that is not read yet must get its last line before the end.
  process.stdout.write("", () => process.exit(code));
});
