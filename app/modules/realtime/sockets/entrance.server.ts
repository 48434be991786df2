import type { HttpResponse, us_socket_context_t, WebSocket } from "uWebSockets.js";
import type { HubSocket } from "./hub-socket.server";

export type Upgrade = [socket: HubSocket, key: string, protocol: string, extensions: string, on: us_socket_context_t];

/**
 * Lets sockets in. The pinned uWebSockets.js ends a corked upgrade by reading the HTTP state of a block of memory that
 * `upgrade` just gave up (uNetworking/uWebSockets#1929): whatever is allocated between may come to lie there, and read as
 * "close this connection". So nothing of ours runs before the cork ends, not even a function that V8 might compile then:
 * `upgrade` and the handler `open` are native functions with their arguments bound, and all else follows.
 */
export function createEntrance(settle: (socket: HubSocket) => void) {
  const opened: WebSocket<HubSocket>[] = [];
  return {
    /** The handler `open`. */
    open: opened.push.bind(opened) as (ws: WebSocket<HubSocket>) => void,
    /** To be called by the handler `close`: what closes before its cork ended is not let in. */
    forget(): void {
      opened.length = 0;
    },
    /** Completes the upgrade, and settles the socket that it opened. */
    pass(res: HttpResponse, upgrade: Upgrade): void {
      res.cork(res.upgrade.bind(res, ...upgrade) as () => void);
      const ws = opened.pop();
      if (!ws) return;
      const socket = ws.getUserData();
      socket.ws = ws;
      settle(socket);
    },
  };
}

export type Entrance = ReturnType<typeof createEntrance>;
