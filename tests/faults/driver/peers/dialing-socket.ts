import WebSocket from "ws";

/** How one peer reaches the hub: which server it tries next, and what it says of itself. */
export type Dial = {
  /** Addresses of servers or wires, `http://127.0.0.1:…`; one is chosen for each try. */
  hosts: () => readonly string[];
  token: string;
  /** As behind a proxy, so that the limits of one address are not met. */
  address: string;
  onRaw: (frame: string) => void;
  onSocket: (socket: WebSocket, host: string) => void;
};

const dials = new Map<string, Dial>();

/** Stands where a browser has its own: leads the name of a peer to a living server. */
class DialingSocket extends WebSocket {
  constructor(address: string, protocol: string) {
    const dial = dials.get(new URL(address).hostname);
    if (!dial) throw new Error(`nobody dials ${address}`);
    const hosts = dial.hosts();
    const host = hosts[Math.floor(Math.random() * hosts.length)] ?? "http://127.0.0.1:9";
    super(`${host.replace("http", "ws")}/hub?access_token=${encodeURIComponent(dial.token)}`, protocol, {
      headers: { "x-forwarded-for": dial.address },
    });
    // Without one, an error of a connection that was given up would end this process.
    this.on("error", () => {});
    this.on("message", (data) => dial.onRaw(String(data)));
    dial.onSocket(this, host);
  }
}

/** The address to give to the product's own client. */
export function registerDial(name: string, dial: Dial): string {
  globalThis.WebSocket = DialingSocket as unknown as typeof globalThis.WebSocket;
  dials.set(name, dial);
  return `ws://${name}/hub`;
}
