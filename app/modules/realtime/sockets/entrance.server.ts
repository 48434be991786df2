import type { WebSocket } from "uWebSockets.js";
import type { HubSocket } from "./hub-socket.server";

/**
 * Lets sockets in, in two steps. The pinned uWebSockets.js ends a corked upgrade by reading the HTTP state of a block
 * that `upgrade` just gave up (uNetworking/uWebSockets#1929): whatever is allocated before the cork ends may lie there,
 * and read as "close this connection". So `open` only notes the socket, and all it takes is done after the cork.
 */
export function createEntrance(settle: (socket: HubSocket) => void) {
  const latest: { socket: HubSocket | null } = { socket: null };
  return {
    /** All that the handler `open` may do. */
    note(ws: WebSocket<HubSocket>): void {
      latest.socket = ws.getUserData();
      latest.socket.ws = ws;
    },
    /** Runs the corked upgrade, then settles the socket that it opened. */
    pass(upgrade: () => void): void {
      latest.socket = null;
      upgrade();
      if (latest.socket?.ws) settle(latest.socket);
      latest.socket = null;
    },
  };
}

export type Entrance = ReturnType<typeof createEntrance>;
