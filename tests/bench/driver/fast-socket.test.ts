import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { openFastSocket } from "./fast-socket";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
afterAll(() => server.close());

it("says what it is given and hears every frame, of whatever length, in one piece or many", async () => {
  if (!server.address()) await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.on("connection", (socket) => socket.on("message", (data) => socket.send(String(data))));
  const texts = [1, 125, 126, 500, 65_535].map((length) => "x".repeat(length));
  const one = await openFastSocket({ port, path: "/" });
  const heard: string[] = [];
  one.onFrame = (bytes, start, end) => void heard.push(bytes.toString("latin1", start, end));
  for (const text of texts) one.send(text);
  await expect.poll(() => heard.length).toBe(texts.length);
  expect(heard).toEqual(texts);
  for (const peer of server.clients) peer.send("y".repeat(300_000));
  await expect.poll(() => heard.at(-1)?.length).toBe(300_000);
  one.close();
});

it("says with what it was refused", async () => {
  const { port } = server.address() as AddressInfo;
  await expect(openFastSocket({ port, path: "/", headers: { "Sec-WebSocket-Version": "1" } })).rejects.toThrow("400");
});
