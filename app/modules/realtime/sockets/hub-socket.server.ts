import type { WebSocket } from "uWebSockets.js";
import type { Principal } from "../doors";
import type { ServerFrame } from "../protocol";
import type { Bucket } from "./token-bucket";

/** The name under which a socket holds its principal's own topics; clients cannot ask for it. */
export const PERSONAL = "";

/** What the hub keeps for one open socket. */
export type HubSocket = {
  /** Counts the sockets of this process, for its log. */
  readonly id: number;
  /** Null before it opened and from the moment it closed: uWebSockets.js throws on a closed one. */
  ws: WebSocket<HubSocket> | null;
  principal: Principal;
  readonly address: string;
  /** What the client asked for, with the server's topics behind each name. */
  readonly held: Map<string, readonly string[]>;
  /** Joins under way, which count against the limit of topics. */
  joining: number;
  /** Grows when the principal's rights may have changed; a join that began before asks again. */
  rightsVersion: number;
  /** Frames that wait for their answers. */
  pending: number;
  /** The last frame under way per conversation, so that each follows the one before. */
  chains: Map<string, Promise<void>> | null;
  /** When it last said that it types, per conversation. */
  typed: Map<string, number> | null;
  readonly frames: Bucket;
  subscriptions: Bucket | null;
  strikes: number;
  strikesSince: number;
};

let opened = 0;

export function newSocket(principal: Principal, address: string, frames: Bucket): HubSocket {
  return {
    id: ++opened,
    ws: null,
    principal,
    address,
    held: new Map(),
    joining: 0,
    rightsVersion: 0,
    pending: 0,
    chains: null,
    typed: null,
    frames,
    subscriptions: null,
    strikes: 0,
    strikesSince: 0,
  };
}

/** Sends one frame, if the socket is still open. */
export function tell(socket: HubSocket, frame: ServerFrame): void {
  socket.ws?.send(JSON.stringify(frame));
}

/** Runs work after all earlier work of the same socket under the same key. The work must not reject. */
export function inOrder(socket: HubSocket, key: string, work: () => Promise<void>): void {
  const chains = socket.chains ?? new Map<string, Promise<void>>();
  socket.chains = chains;
  socket.pending++;
  const before = chains.get(key);
  const mine: Promise<void> = (before ? before.then(work) : work()).finally(() => {
    socket.pending--;
    if (chains.get(key) === mine) chains.delete(key);
    // An empty map costs as much as a topic; most sockets are silent most of the time.
    if (chains.size === 0 && socket.chains === chains) socket.chains = null;
  });
  chains.set(key, mine);
}
