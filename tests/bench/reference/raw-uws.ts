/**
 * The reference of the hub's benchmarks: uWebSockets.js alone. Every socket hears the topics that its address names, and
 * what a socket says goes to the topic `t`; with REDIS_URL to those of the other processes too.
 */

import { App, type us_listen_socket, type us_socket, us_socket_local_port } from "uWebSockets.js";
import { Redis } from "ioredis";

const { REDIS_URL } = process.env;
const origin = `${process.pid}`.padStart(16, "0");
const publisher = REDIS_URL ? new Redis(REDIS_URL, { enableAutoPipelining: true }) : null;
const subscriber = REDIS_URL ? new Redis(REDIS_URL) : null;

const app = App().ws<{ topics: string[] }>("/*", {
  compression: 0,
  maxBackpressure: 512 * 1024,
  closeOnBackpressureLimit: true,
  idleTimeout: 60,
  upgrade(res, req, context) {
    const topics = (req.getQuery("topics") ?? "t").split(",");
    const header = (name: string) => req.getHeader(`sec-websocket-${name}`);
    res.upgrade({ topics }, header("key"), header("protocol"), header("extensions"), context);
  },
  open(ws) {
    for (const topic of ws.getUserData().topics) ws.subscribe(topic);
  },
  message(_, message) {
    app.publish("t", message);
    publisher?.publish("t", origin + Buffer.from(message).toString("latin1"));
  },
});
if (subscriber) {
  await subscriber.subscribe("t");
  subscriber.on("message", (_, raw: string) => {
    if (!raw.startsWith(origin)) app.publish("t", raw.slice(16));
  });
}
app.listen("127.0.0.1", 0, (socket: us_listen_socket | false) => {
  console.log(JSON.stringify({ port: socket ? us_socket_local_port(socket as unknown as us_socket) : 0 }));
});
