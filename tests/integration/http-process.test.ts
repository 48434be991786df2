import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pause } from "../support/raw-http";
import { bundleServer, removeBundle, type ServerProcess, startProcess } from "../support/server-process";

const started: ServerProcess[] = [];
beforeAll(bundleServer);
afterEach(async () => {
  for (const { child, exited } of started.splice(0)) {
    child.kill("SIGKILL");
    await exited;
  }
});
afterAll(removeBundle);

function start(env?: Record<string, string>) {
  const server = startProcess(env);
  started.push(server);
  return server;
}

async function ready(env?: Record<string, string>) {
  const server = start(env);
  await server.said("banner");
  return server;
}

describe("the server's process", () => {
  it("serves the build in production mode and says where", async () => {
    const server = await ready();
    expect(server.out()).toMatch(/^starting\nhub\nport \d+\nbanner\n$/);
    const where = await (await fetch(`${server.url()}/where`)).json();
    expect(where).toEqual({ url: `${server.url()}/where`, address: "127.0.0.1", node: "production" });
    const page = await fetch(`${server.url()}/nowhere`, { headers: { cookie: `a=${"a".repeat(12_000)}` } });
    expect([page.status, await page.text()]).toEqual([404, "page"]);
  });

  it("speaks of itself by PUBLIC_URL only where that is set", async () => {
    const server = await ready({ PUBLIC_URL: "http://guess.test" });
    const where = (await (await fetch(`${server.url()}/where`)).json()) as { url: string };
    expect(where.url).toBe("http://guess.test/where");
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "finishes what is under way at %s, then stops the rest, and leaves with 0",
    async (signal) => {
      const server = await ready({ STOP_MS: "100" });
      const under = fetch(`${server.url()}/slow`);
      await server.said("slow begins");
      server.child.kill(signal);
      await pause(50);
      server.child.kill(signal);
      await expect(fetch(`${server.url()}/where`)).rejects.toThrow();
      expect(await (await under).text()).toBe("finished");
      expect(await server.exited).toBe(0);
      expect(server.out()).toMatch(/slow begins\nslow ends\nstop\nstopped\n$/);
      expect(server.err()).toBe("");
    },
  );

  it("stops cleanly when told to before its port is open", async () => {
    const server = start({ START_MS: "300" });
    await server.said("starting");
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(0);
    expect(server.out()).toMatch(/^starting\nhub\nport \d+\nstop\nstopped\n$/);
  });

  it("prints the one line of what is wrong and leaves with 1", async () => {
    const server = start({ START_FAILS: 'PORT must be a number (it is "x")' });
    expect(await server.exited).toBe(1);
    expect([server.out(), server.err()]).toEqual(["", 'PORT must be a number (it is "x")\n']);
  });

  it("does not share a port, and stops what it had started", async () => {
    const first = await ready();
    const port = new URL(first.url()).port;
    const second = start({ PORT: port });
    expect(await second.exited).toBe(1);
    expect(second.err()).toMatch(new RegExp(`^PORT ${port} .*\n$`));
    expect(second.out()).toContain("stopped");
    expect(await (await fetch(`${first.url()}/healthz`)).text()).toBe("ok");
  });

  it("logs a rejection that nobody handles and goes on; after an exception that nobody catches it leaves with 1", async () => {
    const server = await ready();
    await fetch(`${server.url()}/reject`);
    expect(await (await fetch(`${server.url()}/healthz`)).text()).toBe("ok");
    expect(JSON.parse(server.err())).toMatchObject({ level: 60, err: { message: "nobody handles this" } });
    await fetch(`${server.url()}/crash`).catch(() => undefined);
    expect(await server.exited).toBe(1);
    expect(server.err()).toContain("nobody catches this");
  });

  it("serves only its health when it only works, and no hub where none is asked for", async () => {
    const worker = await ready({ SERVICES: "worker" });
    expect(worker.out()).not.toContain("hub");
    expect((await fetch(`${worker.url()}/healthz`)).status).toBe(200);
    expect((await fetch(`${worker.url()}/where`)).status).toBe(404);
    // Beside another on one machine it gives way.
    const beside = await ready({ SERVICES: "worker", PORT: new URL(worker.url()).port });
    expect(beside.out()).toBe("starting\nno port\nbanner\n");
    beside.child.kill("SIGTERM");
    expect(await beside.exited).toBe(0);
    worker.child.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
    const web = await ready({ SERVICES: "web" });
    expect(web.out()).not.toContain("hub");
    const hub = await ready({ SERVICES: "hub" });
    expect((await fetch(`${hub.url()}/where`)).status).toBe(404);
    expect((await fetch(`${hub.url()}/healthz`)).status).toBe(200);
  });
});
