import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type FloodRequest = { method: "GET" | "POST"; path: string; token?: string; body?: Record<string, string> };

/** As a line of Lua; `client_id` of a body is a new one each time. */
const asLua = ({ method, path, token, body }: FloodRequest) =>
  `{ ${[method, path, token ?? "", body ? JSON.stringify({ ...body, client_id: "ID" }) : ""].map((text) => JSON.stringify(text)).join(", ")} }`;

const scriptOf = (requests: readonly FloodRequest[]) => `
math.randomseed(os.time())
local all = { ${requests.map(asLua).join(",\n")} }
local turn = 0
local function id()
  return string.gsub("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", "x", function() return string.format("%x", math.random(0, 15)) end)
end
function request()
  turn = turn % #all + 1
  local method, path, token, body = unpack(all[turn])
  local headers = { ["Content-Type"] = "application/json" }
  if token ~= "" then headers["Authorization"] = "Bearer " .. token end
  if body == "" then body = nil else body = string.gsub(body, "ID", id()) end
  return wrk.format(method, path, headers, body)
end`;

export type Flood = {
  /** Ends it, and tells how much was asked and how much of it refused. */
  stop(): Promise<{ perSecond: number; refused: number }>;
};

/** These requests by wrk, in turn, over so many connections at once, as fast as they are answered, whatever the answers are. */
export function startFlood(url: string, requests: readonly FloodRequest[], connections: number): Flood {
  const folder = mkdtempSync(join(tmpdir(), "guazu-flood-"));
  const file = join(folder, "script.lua");
  writeFileSync(file, scriptOf(requests));
  const args = ["-t1", `-c${connections}`, "--timeout", "30s", "-d3600s", "-s", file, url];
  const child = spawn("wrk", args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  return {
    async stop() {
      child.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
      const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(said)?.[1] ?? 0);
      return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1]), refused };
    },
  };
}
