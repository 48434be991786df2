import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** What runs on the server, without its tests. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "app", "server.ts"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|\/(?:ui|client|testing)\/|^app\/service-worker\//.test(file));

const code = (file: string) => readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

/** Those who may speak to the network by themselves, and whom they speak to. */
const OWN_WAYS = new Map([
  ["app/modules/channels/meta/post-graph.server.ts", "Meta's own origin, which the operator sets"],
  ["app/platform/ask-server.ts", "a browser's own server"],
  ["server.ts", "Vite's port beside it, in development"],
]);

/** Nothing is called `fetch` but the global one, a guarded one that was handed in, or a method. */
const handedIn = (source: string) => /\bfetch: (?:GuardedFetch|Fetch)\b/.test(source);
const asksByItself = (file: string) => {
  const source = code(file);
  const global = /(?<![.\w"']|typeof )fetch(?:\(|;)/.test(source) && !handedIn(source);
  const client = /^import (?:\w+(?:, \{[^}]*\})?|\{[^}]*\b(?:request|get|Agent)\b[^}]*\}) from "node:https?"/m.test(
    source,
  );
  return global || client || /from "(?:node:(?:tls|dgram)|undici|axios|got|node-fetch)"/.test(source);
};

it("nothing asks an address that somebody else named but by the one guarded way out (TH8)", () => {
  expect(files.length).toBeGreaterThan(500);
  const asking = files.filter((file) => !file.startsWith("app/platform/guarded-fetch/") && asksByItself(file));
  expect(asking).toEqual([...OWN_WAYS.keys()]);
});
