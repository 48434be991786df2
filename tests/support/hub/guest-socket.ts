import { expect } from "vitest";
import WebSocket from "ws";

export type Guest = { token: string; conversation_id: string };
export type Frame = { t: string; event?: string; data?: { message?: { text: string } } };

/** A new customer of the demo organisation, by the REST API. */
export async function newGuest(url: string): Promise<Guest> {
  const answer = await fetch(`${url}/api/v1/public/demo/conversations`, { method: "POST" });
  expect(answer.status).toBeLessThan(300);
  return ((await answer.json()) as { data: Guest }).data;
}

/** A guest's own socket: what it is told, and a way to wait for a piece of it. */
export async function listens(url: string, guest: Guest) {
  const address = `${url.replace("http", "ws")}/hub?access_token=${encodeURIComponent(guest.token)}`;
  const socket = new WebSocket(address, ["guazu.v1"]);
  const frames: Frame[] = [];
  socket.on("message", (data) => frames.push(JSON.parse(String(data)) as Frame));
  await new Promise((done, fail) => socket.once("open", done).once("error", fail));
  const hears = (fits: (frame: Frame) => boolean) =>
    expect.poll(() => frames.filter(fits).length, { timeout: 20_000 }).toBe(1);
  const say = (frame: object) => socket.send(JSON.stringify(frame));
  say({ t: "hello" });
  await hears((frame) => frame.t === "welcome");
  say({ t: "sub", topic: `conversation:${guest.conversation_id}` });
  await hears((frame) => frame.t === "subscribed");
  return { frames, hears, say, close: () => socket.terminate() };
}

/** Whether a frame brings a message of this text. */
export const says = (text: string) => (frame: Frame) =>
  frame.event === "message.created" && frame.data?.message?.text === text;
