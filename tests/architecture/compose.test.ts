import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.literal("."), args: z.record(z.string(), z.string()) }).optional(),
  restart: z.literal("unless-stopped"),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.tuple([z.literal("ALL")]).optional(),
  security_opt: z.array(z.string()).optional(),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .optional(),
  environment: z.record(z.string(), z.string()).optional(),
  command: z.array(z.string()).optional(),
  ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
  volumes: z.array(z.string().regex(/^[\w./-]+:\/[\w./-]+(?::ro)?$/)).optional(),
  healthcheck: z.strictObject({ test: z.array(z.string()), interval: z.string(), retries: z.number() }).optional(),
  depends_on: z
    .union([z.array(z.string()), z.record(z.string(), z.strictObject({ condition: z.literal("service_healthy") }))])
    .optional(),
});
const file = z.object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) });

const compose = file.parse(parse(readFileSync("compose.yaml", "utf8"), { merge: true }));
const { services, volumes } = compose;

describe("compose.yaml", () => {
  it("is a file of compose, and names only what there is", () => {
    for (const { depends_on = [], volumes: mounts = [] } of Object.values(services)) {
      const needed = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on);
      for (const name of needed) expect(Object.keys(services)).toContain(name);
      for (const mount of mounts) {
        const from = mount.split(":")[0] ?? "";
        expect(from.startsWith(".") ? existsSync(from) : Object.keys(volumes).includes(from), mount).toBe(true);
      }
    }
    const caddy = readFileSync("docs/Caddyfile", "utf8");
    const behind = Object.entries(services).filter(([, { image }]) => image === "guazuapp");
    expect(behind.length).toBeGreaterThan(1);
    for (const [name] of behind) expect(caddy).toContain(`${name}:3000`);
  });

  it("sets only settings that there are, and no secret by itself", () => {
    const known = readFileSync(".env.example", "utf8");
    for (const { environment = {}, image } of Object.values(services)) {
      for (const [name, value] of Object.entries(environment)) {
        if (image === "guazuapp") expect(known, name).toMatch(new RegExp(`^# ${name}=`, "m"));
        if (/SECRET|PASSWORD|TOKEN/.test(name)) expect(value).toMatch(/^\$\{/);
      }
    }
  });

  it("gives the processes longer to stop than they take, and nothing that they do not need (TM5)", () => {
    for (const { image, stop_grace_period, read_only, cap_drop } of Object.values(services)) {
      if (image !== "guazuapp") continue;
      expect(Number.parseInt(stop_grace_period ?? "0", 10)).toBeGreaterThan(20);
      expect({ read_only, cap_drop }).toEqual({ read_only: true, cap_drop: ["ALL"] });
    }
    const open = Object.entries(services).filter(([, { ports }]) => ports);
    expect(open.map(([name]) => name)).toEqual(["proxy"]);
  });
});

describe(".env.example", () => {
  it("lists every setting that the product reads, and no other", () => {
    const source = readFileSync("app/platform/env.server.ts", "utf8");
    const read = [...source.matchAll(/^ {2}([A-Z][A-Z\d_]+): /gm)].map((match) => match[1]);
    const listed = [...readFileSync(".env.example", "utf8").matchAll(/^# ([A-Z][A-Z\d_]+)=/gm)].map(
      (match) => match[1],
    );
    expect(read.length).toBeGreaterThan(15);
    expect(listed.sort()).toEqual(read.sort());
  });
});
