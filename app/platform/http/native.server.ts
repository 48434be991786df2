import * as uWS from "uWebSockets.js";

/** What the package has and its types leave out. */
type Untyped = { _cfg(key: "silent"): void; LIBUS_LISTEN_EXCLUSIVE_PORT: number };
type ListenAt = (
  host: string,
  port: number,
  options: number,
  done: (socket: uWS.us_listen_socket | false) => void,
) => void;

const native = uWS as unknown as Untyped;

type Listening = { port: number; stopListening(): void };

/** An app that does not name its server in every answer. */
export function newApp(): uWS.TemplatedApp {
  native._cfg("silent");
  return uWS.App();
}

/**
 * Listens on a port that nobody else listens on. (Sharing is uWebSockets.js's default, and two servers would each get
 * half of the requests.)
 * @param port 0 takes a free one
 * @throws Error with one line when the port cannot be had
 */
export function listen(app: uWS.TemplatedApp, host: string, port: number): Promise<Listening> {
  return new Promise((opened, failed) => {
    const listenAt = app.listen as unknown as ListenAt;
    listenAt.call(app, host, port, native.LIBUS_LISTEN_EXCLUSIVE_PORT, (socket) => {
      if (!socket)
        return failed(new Error(`PORT ${port} on HOST ${host} cannot be opened: is something else using it?`));
      const bound = uWS.us_socket_local_port(socket as unknown as uWS.us_socket);
      opened({ port: bound, stopListening: () => uWS.us_listen_socket_close(socket) });
    });
  });
}
