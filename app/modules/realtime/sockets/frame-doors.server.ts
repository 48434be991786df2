import { forbidden } from "~/platform/errors";
import type { HubDoors, SentMessage } from "../doors";
import type { DeliveryPart } from "../topics/delivery.server";
import type { MembershipPart } from "../topics/membership.server";
import { type HubSocket, tell } from "./hub-socket.server";
import type { ClientFrame } from "./parse-frame.server";

type Frame<T extends ClientFrame["t"]> = Extract<ClientFrame, { t: T }>;
type FrameDoorParts = { doors: HubDoors; membership: MembershipPart; delivery: DeliveryPart };

/** What a frame asks for, behind which door, answered on the socket. Each throws what the door throws. */
export function createFrameDoors({ doors, membership, delivery }: FrameDoorParts) {
  const ack = (socket: HubSocket, ref: string, message: SentMessage, dedup = false) => {
    const { id, seq, created_at } = message;
    tell(socket, { t: "ack", ref, message: { id, seq, created_at }, ...(dedup && { dedup: true as const }) });
  };
  return {
    async hello(socket: HubSocket, { resume }: Frame<"hello">) {
      const request = { conversations: resume?.conversations ?? {}, feed: resume?.feed };
      const { heads, feed } = await doors.resume(socket.principal.actor, request);
      const { account, sessionId } = socket.principal;
      tell(socket, { t: "welcome", account, session: sessionId, heads, feed });
    },
    sub: (socket: HubSocket, { topic }: Frame<"sub">) => membership.join(socket, topic),
    async unsub(socket: HubSocket, { topic }: Frame<"unsub">) {
      membership.leave(socket, topic);
    },
    async send(socket: HubSocket, { t: _, ...frame }: Frame<"send">) {
      const { message, dedup } = await doors.send(socket.principal.actor, frame);
      ack(socket, frame.ref, message, dedup);
    },
    async edit(socket: HubSocket, { t: _, ...frame }: Frame<"edit">) {
      ack(socket, frame.ref, (await doors.edit(socket.principal.actor, frame)).message);
    },
    async delete(socket: HubSocket, { t: _, ...frame }: Frame<"delete">) {
      ack(socket, frame.ref, (await doors.remove(socket.principal.actor, frame)).message);
    },
    async react(socket: HubSocket, { t: _, ...frame }: Frame<"react">) {
      ack(socket, frame.ref, (await doors.react(socket.principal.actor, frame)).message);
    },
    read: (socket: HubSocket, { conversation, seq }: Frame<"read">) =>
      doors.read(socket.principal.actor, conversation, seq),
    /** Only whoever joined the conversation may say so; no right is asked for again. */
    async typing(socket: HubSocket, { conversation }: Frame<"typing">) {
      const topics = socket.held.get(`conversation:${conversation}`);
      if (!topics) throw forbidden("not_subscribed");
      for (const one of await doors.typing(socket.principal.actor, conversation, topics)) {
        delivery.deliverOne(one, socket);
      }
    },
    async ping(socket: HubSocket) {
      tell(socket, { t: "pong" });
    },
  };
}

export type FrameDoors = ReturnType<typeof createFrameDoors>;
