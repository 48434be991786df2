import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

type Pair = { client: Socket; server: Socket };
/** What happens to bytes of one direction: they pass, or vanish while the connection stays. */
export type Passage = "pass" | "vanish";

export type TcpProxy = {
  port: number;
  /** Where new connections lead from now on. */
  lead(port: number): void;
  /** Resets every open connection. */
  cut(): void;
  /** Refuses new connections, as a host that is there and has nobody listening. */
  refuse(on: boolean): void;
  /** From the client to the server, and back. */
  flow(up: Passage, down: Passage): void;
  open(): number;
  close(): Promise<void>;
};

/** A wire on the loopback that can be cut, made deaf in one direction, or led elsewhere. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  let port = target;
  let refusing = false;
  let up: Passage = "pass";
  let down: Passage = "pass";
  const pairs = new Set<Pair>();

  const join = (from: Socket, to: Socket, passage: () => Passage) => {
    from.on("data", (chunk) => {
      if (passage() === "pass" && !to.write(chunk)) from.pause();
    });
    to.on("drain", () => from.resume());
    from.on("end", () => to.end());
    from.on("close", () => to.destroy());
    from.on("error", () => to.destroy());
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (refusing) {
      client.resetAndDestroy();
      return;
    }
    const far = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    for (const socket of [client, far]) socket.setNoDelay(true);
    const pair = { client, server: far };
    pairs.add(pair);
    client.on("close", () => pairs.delete(pair));
    join(client, far, () => up);
    join(far, client, () => down);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const cut = () => {
    for (const { client, server: far } of pairs) {
      client.resetAndDestroy();
      far.resetAndDestroy();
    }
  };
  return {
    port: typeof address === "object" && address ? address.port : 0,
    lead: (to) => {
      port = to;
    },
    cut,
    refuse: (on) => {
      refusing = on;
    },
    flow: (toServer, toClient) => {
      up = toServer;
      down = toClient;
    },
    open: () => pairs.size,
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
