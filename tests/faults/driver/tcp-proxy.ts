import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** What happens to bytes of one direction: they pass, vanish while the connection stays, or wait to be let go. */
export type Passage = "pass" | "vanish" | "hold";
type Direction = "up" | "down";
type Lane = { from: Socket; to: Socket; passage: Passage | null; backlog: Buffer[]; ended: boolean };
type Link = Record<Direction, Lane> & { set(direction: Direction, passage: Passage): void };
/** Sees each chunk before it goes on, and may say what happens to one direction of its connection from now on. */
type Watcher = (chunk: Buffer, direction: Direction, of: { set(direction: Direction, passage: Passage): void }) => void;

export type TcpProxy = {
  port: number;
  /** Where new connections lead from now on. */
  lead(port: number): void;
  /** Resets every open connection. */
  cut(): void;
  /** Refuses new connections, as a host that is there and has nobody listening. */
  refuse(on: boolean): void;
  /** From the client to the server, and back. What was held is let go by `pass`. */
  flow(up: Passage, down: Passage): void;
  watch(watcher: Watcher | null): void;
  open(): number;
  /** Of the open connections, how many the server has ended while the client does not hear of it. */
  endedByServer(): number;
  close(): Promise<void>;
};

/** A wire on the loopback that can be cut, made deaf or slow in one direction, or led elsewhere. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  let port = target;
  let refusing = false;
  const flows: Record<Direction, Passage> = { up: "pass", down: "pass" };
  let watcher: Watcher | null = null;
  const links = new Set<Link>();

  const drain = (link: Link, direction: Direction) => {
    const lane = link[direction];
    if ((lane.passage ?? flows[direction]) === "hold") return;
    for (const chunk of lane.backlog.splice(0)) lane.to.write(chunk);
    if (lane.ended) lane.to.end();
    lane.from.resume();
  };
  const pass = (link: Link, direction: Direction, chunk: Buffer) => {
    const lane = link[direction];
    // Decided before the watcher speaks: what it says is for the chunks that follow in this direction.
    const passage = lane.passage ?? flows[direction];
    watcher?.(chunk, direction, link);
    if (passage === "vanish") return;
    if (passage === "hold") {
      lane.backlog.push(chunk);
      lane.from.pause();
    } else if (!lane.to.write(chunk)) lane.from.pause();
  };
  const join = (link: Link, direction: Direction) => {
    const { from, to } = link[direction];
    from.on("data", (chunk: Buffer) => pass(link, direction, chunk));
    to.on("drain", () => link[direction].backlog.length === 0 && from.resume());
    // Where bytes do not pass, the word that there will be none does not either.
    const end = (how: () => void) => {
      const lane = link[direction];
      lane.ended = true;
      if ((lane.passage ?? flows[direction]) === "pass") how();
    };
    from.on("end", () => end(() => to.end()));
    from.on("close", () => end(() => to.destroy()));
    from.on("error", () => end(() => to.destroy()));
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (refusing) {
      client.resetAndDestroy();
      return;
    }
    const far = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    for (const socket of [client, far]) socket.setNoDelay(true);
    const lane = (from: Socket, to: Socket): Lane => ({ from, to, passage: null, backlog: [], ended: false });
    const link: Link = {
      up: lane(client, far),
      down: lane(far, client),
      set: (direction, passage) => {
        link[direction].passage = passage;
        drain(link, direction);
      },
    };
    links.add(link);
    client.on("close", () => links.delete(link));
    join(link, "up");
    join(link, "down");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const cut = () => {
    for (const { up } of links) for (const socket of [up.from, up.to]) socket.resetAndDestroy();
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
    flow: (up, down) => {
      Object.assign(flows, { up, down });
      for (const link of links) for (const direction of ["up", "down"] as const) drain(link, direction);
    },
    watch: (next) => {
      watcher = next;
      if (!next)
        for (const link of links) for (const direction of ["up", "down"] as const) link[direction].passage = null;
    },
    open: () => links.size,
    endedByServer: () => [...links].filter(({ down }) => down.ended).length,
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
