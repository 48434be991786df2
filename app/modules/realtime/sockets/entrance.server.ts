import {
  type HttpResponse,
  type TemplatedApp,
  type us_listen_socket,
  us_listen_socket_close,
  type us_socket,
  type us_socket_context_t,
  us_socket_local_port,
  type WebSocket,
} from "uWebSockets.js";
import { connect } from "node:net";
import { newId } from "~/platform/ids";
import type { HubSocket } from "./hub-socket.server";

export type Upgrade = [socket: HubSocket, key: string, protocol: string, extensions: string, on: us_socket_context_t];

/** So many sockets of a process's life come in by the gate. Measured: 30,000 after the first five, and none cut. */
const BY_THE_GATE = 256;

/**
 * Lets sockets in. The pinned uWebSockets.js ends a corked upgrade by reading the HTTP state of a block of memory that
 * `upgrade` just gave up (uNetworking/uWebSockets#1929): whatever is allocated between may come to lie there, and read as
 * "close this connection". So nothing of ours runs before the cork ends, not even a function that V8 might compile then:
 * `upgrade` and the handler `open` are native functions with their arguments bound, and all else follows.
 * Early in a process's life the allocator itself writes there, and one socket in some hundred was cut. Those come in
 * within the cork of another socket, the gate: that is right always, and half as fast, since each header is a packet.
 */
export function createEntrance(settle: (socket: HubSocket) => void) {
  const opened: WebSocket<HubSocket>[] = [];
  let gate: WebSocket<unknown> | undefined;
  let passed = 0;
  return {
    /** The handler `open`. */
    open: opened.push.bind(opened) as (ws: WebSocket<HubSocket>) => void,
    /** To be called by the handler `close`: what closes before its cork ended is not let in. */
    forget(): void {
      opened.length = 0;
    },
    /** Makes the gate: this process's own socket, over a port that is closed at once. */
    build(app: TemplatedApp): void {
      openOwnSocket(app, (ws) => {
        gate = ws;
      });
    },
    /** Completes the upgrade, and settles the socket that it opened. */
    pass(res: HttpResponse, upgrade: Upgrade): void {
      const enter = res.upgrade.bind(res, ...upgrade) as () => void;
      if (gate && ++passed <= BY_THE_GATE) gate.cork(enter);
      else res.cork(enter);
      const ws = opened.pop();
      if (!ws) return;
      const socket = ws.getUserData();
      socket.ws = ws;
      settle(socket);
    },
  };
}

export type Entrance = ReturnType<typeof createEntrance>;

/** Tells of a socket to itself, and of nothing when it is gone. What fails only leaves the process without one. */
function openOwnSocket(app: TemplatedApp, tell: (ws: WebSocket<unknown> | undefined) => void): void {
  const path = `/hub/${newId()}`;
  let listening: us_listen_socket | undefined;
  const shut = () => {
    if (listening) us_listen_socket_close(listening);
    listening = undefined;
  };
  app.ws(path, {
    idleTimeout: 0,
    maxLifetime: 0,
    upgrade(res, req, context) {
      res.upgrade({}, req.getHeader("sec-websocket-key"), "", "", context);
    },
    open(ws) {
      shut();
      tell(ws);
    },
    close: () => tell(undefined),
  });
  app.listen("127.0.0.1", 0, (socket) => {
    if (!socket) return;
    listening = socket;
    const own = connect(us_socket_local_port(socket as unknown as us_socket), "127.0.0.1").unref();
    own.on("error", shut).resume();
    own.write(
      `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
        "sec-websocket-version: 13\r\nsec-websocket-key: Z2F0ZS1vZi1ndWF6dQAAAA==\r\n\r\n",
    );
  });
}
