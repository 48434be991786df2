import type { Logger } from "pino";
import { AppError, tooMany } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { RateLimiter } from "~/platform/limits/rate-limit.server";
import { logged } from "~/platform/log.server";
import type { HubLimits } from "../limits";
import { CLOSE, conversationOf } from "../protocol";
import type { Counters } from "../topics/counters";
import type { FrameDoors } from "./frame-doors.server";
import { type HubSocket, inOrder, tell } from "./hub-socket.server";
import { createMessageLimits } from "./message-limits.server";
import { type ClientFrame, parseFrame } from "./parse-frame.server";
import { fullBucket, take } from "./token-bucket";

const MINUTE_MS = 60_000;

type DeskParts = {
  doors: FrameDoors;
  limits: HubLimits;
  counters: Counters;
  log: Logger;
  now: () => number;
  /** Counts messages together with other processes. */
  rateLimiter?: RateLimiter | undefined;
};

const refOf = (frame: ClientFrame): string | undefined => ("ref" in frame ? frame.ref : undefined);

/** What a line of the log says of the frame that it belongs to. */
const factsOf = (socket: HubSocket, frame: ClientFrame) => ({ socket: socket.id, frame: frame.t, ref: refOf(frame) });

/** Frames of one conversation follow one another, whether they subscribe, write or read. */
function orderKey(frame: ClientFrame): string {
  if ("conversation" in frame) return frame.conversation;
  if ("topic" in frame) return conversationOf(frame.topic) ?? frame.topic;
  return "message" in frame ? frame.message : frame.t;
}

/** Receives what clients say: bounded, in order, and never able to end the process. */
export function createFrameDesk({ doors, limits, counters, log, now, rateLimiter }: DeskParts) {
  const messages = createMessageLimits(limits, now, rateLimiter);

  const refuse = (socket: HubSocket, frame: ClientFrame | null, error: unknown) => {
    const known = error instanceof AppError;
    const place =
      frame &&
      ("topic" in frame ? { topic: frame.topic } : "conversation" in frame ? { conversation: frame.conversation } : {});
    const id = known && error.expected ? undefined : newId();
    if (id) log.error({ err: error, requestId: id, ...(frame && factsOf(socket, frame)) }, "a frame failed");
    const code = known ? error.code : "internal";
    const given = known && typeof error.data === "object" ? error.data : {};
    const data = { ...given, ...place, ...(id && { request_id: id }) };
    counters.add("frames_refused");
    tell(socket, { t: "error", ref: frame ? refOf(frame) : undefined, code, message: code, data });
  };

  const strike = (socket: HubSocket) => {
    if (now() - socket.strikesSince > MINUTE_MS) {
      socket.strikesSince = now();
      socket.strikes = 0;
    }
    socket.strikes++;
    if (socket.strikes <= limits.strikes) return;
    counters.add("closed_protocol");
    socket.ws?.end(CLOSE.protocol, "protocol");
  };

  const wait = (socket: HubSocket, frame: ClientFrame): number => {
    if (frame.t === "send" || frame.t === "edit" || frame.t === "delete" || frame.t === "react")
      return messages.take(socket);
    if (frame.t !== "sub" && frame.t !== "unsub" && frame.t !== "hello") return 0;
    socket.subscriptions ??= fullBucket(limits.subscriptionBurst, now());
    return take(socket.subscriptions, limits.subscriptionsPerSecond, limits.subscriptionBurst, now());
  };
  /** One that types is told of once in a while, whatever its client sends. */
  const typedLately = (socket: HubSocket, conversation: string): boolean => {
    socket.typed ??= new Map();
    const last = socket.typed.get(conversation);
    if (last !== undefined && now() - last < limits.typingEveryMs) return true;
    if (socket.typed.size >= limits.topicsPerSocket) socket.typed.clear();
    socket.typed.set(conversation, now());
    return false;
  };

  const serve = async (socket: HubSocket, frame: ClientFrame): Promise<void> => {
    try {
      const door = doors[frame.t] as (socket: HubSocket, frame: ClientFrame) => Promise<void>;
      await logged(factsOf(socket, frame), () => door(socket, frame));
    } catch (error) {
      refuse(socket, frame, error);
    }
  };
  const accept = (socket: HubSocket, frame: ClientFrame) => {
    if (frame.t === "typing" && typedLately(socket, frame.conversation)) return;
    const seconds = wait(socket, frame);
    if (seconds > 0) return refuse(socket, frame, tooMany(seconds));
    if (socket.pending >= limits.pendingPerSocket) return refuse(socket, frame, tooMany(1));
    inOrder(socket, orderKey(frame), () => serve(socket, frame));
  };
  /** Whether the socket may say one thing more; each over the limit is a strike. */
  const admit = (socket: HubSocket): boolean => {
    if (take(socket.frames, limits.framesPerSecond, limits.frameBurst, now()) === 0) return true;
    strike(socket);
    refuse(socket, null, tooMany(1));
    return false;
  };

  return {
    /** Control frames count too: uWebSockets.js answers each. */
    admit,
    receive(socket: HubSocket, raw: ArrayBuffer, isBinary: boolean): void {
      counters.add("frames_in");
      if (!admit(socket)) return;
      const parsed = isBinary ? ({ refused: "bad_frame" } as const) : parseFrame(Buffer.from(raw).toString("utf8"));
      if ("frame" in parsed) {
        accept(socket, parsed.frame);
        return;
      }
      counters.add("frames_refused");
      const { refused: code, ref, field } = { ref: undefined, field: undefined, ...parsed };
      tell(socket, { t: "error", ref, code, message: code, data: field ? { field } : {} });
      strike(socket);
    },
    tidy: messages.tidy,
  };
}

export type FrameDesk = ReturnType<typeof createFrameDesk>;
