import type { WebSocket } from "uWebSockets.js";
import type { HubSocket } from "./hub-socket.server";

/**
 * Lets sockets in, in two steps. The pinned uWebSockets.js ends a corked upgrade by reading the HTTP state of a block
 * that `upgrade` just gave up (uNetworking/uWebSockets#1929): whatever is allocated before the cork ends may lie there,
 * and read as "close this connection". So `open` only notes the socket, and all it takes is done after the cork.
 */
export function createEntrance(settle: (socket: HubSocket) => void) {
  const entered: HubSocket[] = [];
  return {
    /** All that the handler `open` may do. */
    note(ws: WebSocket<HubSocket>): void {
      const socket = ws.getUserData();
      socket.ws = ws;
      entered.push(socket);
    },
    /** Runs the corked upgrade, then settles the socket that it opened. */
    pass(upgrade: () => void): void {
      upgrade();
      const socket = entered.pop();
      if (socket?.ws) settle(socket);
    },
  };
}

export type Entrance = ReturnType<typeof createEntrance>;
