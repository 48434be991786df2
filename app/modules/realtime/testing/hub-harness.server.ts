import {
  App,
  type us_listen_socket,
  us_listen_socket_close,
  type us_socket,
  us_socket_local_port,
} from "uWebSockets.js";
import { pino } from "pino";
import type { Bus } from "~/platform/bus/bus";
import { createInProcessBus } from "~/platform/bus/in-process-bus.server";
import type { HubDoors } from "../doors";
import { createHub, type Hub, type HubOptions } from "../hub.server";
import type { HubLimits } from "../limits";
import { type FakeWorld, fakeWorld } from "./fake-world";
import { openSocket, type SocketDouble } from "./hub-client-double";

type Setting = {
  world?: FakeWorld;
  bus?: Bus;
  limits?: Partial<HubLimits>;
  publicOrigin?: string | null;
  clientAddress?: HubOptions["clientAddress"];
  heardElsewhere?: HubOptions["heardElsewhere"];
  doors?: (doors: HubDoors) => HubDoors;
};

/** A hub behind a real server on a port of its own, with a fake product. `stop` ends all that it opened. */
export async function startHub(setting: Setting = {}) {
  const world = setting.world ?? fakeWorld();
  const logged: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void logged.push(line) });
  const doors = world.doors((events) => hub.deliver(events));
  const hub: Hub = createHub({
    bus: setting.bus ?? createInProcessBus(),
    doors: setting.doors?.(doors) ?? doors,
    log,
    publicOrigin: setting.publicOrigin ?? null,
    clientAddress: setting.clientAddress,
    heardElsewhere: setting.heardElsewhere,
    limits: { drainSpreadMs: 0, sweepEveryMs: 50, ...setting.limits },
  });
  const app = App();
  hub.register(app);
  app.any("/*", (res) => void res.writeStatus("404 Not Found").end("nothing here"));
  const listening = await new Promise<us_listen_socket>((ok, no) => {
    app.listen("127.0.0.1", 0, (socket) => (socket ? ok(socket) : no(new Error("no port"))));
  });
  const port = us_socket_local_port(listening as us_socket);
  const opened: SocketDouble[] = [];
  return {
    world,
    hub,
    app,
    port,
    logged,
    async open(token: string, options: Parameters<typeof openSocket>[2] = {}) {
      const socket = await openSocket(port, token, options);
      opened.push(socket);
      return socket;
    },
    async stop() {
      for (const socket of opened) socket.close();
      await hub.drain();
      us_listen_socket_close(listening);
      app.close();
    },
  };
}

export type HubHarness = Awaited<ReturnType<typeof startHub>>;
