import type { WebSocketBehavior } from "uWebSockets.js";
import { DEFAULT_LIMITS, type HubLimits } from "../limits";
import type { Counters } from "../topics/counters";
import type { Heartbeat } from "../topics/heartbeat.server";
import type { MembershipPart } from "../topics/membership.server";
import type { OnlinePart } from "../topics/online.server";
import type { Admission } from "./admission.server";
import type { Entrance } from "./entrance.server";
import type { FrameDesk } from "./frame-desk.server";
import type { createHandshake } from "./handshake.server";
import type { HubSocket } from "./hub-socket.server";

type BehaviourParts = {
  sockets: Set<HubSocket>;
  membership: MembershipPart;
  online: OnlinePart;
  admission: Admission;
  entrance: Entrance;
  desk: FrameDesk;
  heartbeat: Heartbeat;
  limits: HubLimits;
  counters: Counters;
  handshake: ReturnType<typeof createHandshake>;
};

/**
 * The settings and handlers of `/hub`. Compression stays off (no bombs, no window per socket); a message that is too
 * long ends the socket before it is kept; a reader that lags behind by `maxBufferedBytes` is closed, not skipped.
 */
export function socketBehaviour(parts: BehaviourParts): WebSocketBehavior<HubSocket> {
  const { sockets, membership, online, admission, entrance, desk, heartbeat, limits, counters, handshake } = parts;
  return {
    compression: 0,
    maxPayloadLength: limits.frameBytes,
    maxBackpressure: limits.maxBufferedBytes,
    closeOnBackpressureLimit: true,
    idleTimeout: limits.idleTimeoutSeconds,
    maxLifetime: Math.min(limits.lifetimeMinutes, DEFAULT_LIMITS.lifetimeMinutes),
    sendPingsAutomatically: true,
    upgrade: handshake,
    open: entrance.open,
    message(ws, raw, isBinary) {
      desk.receive(ws.getUserData(), raw, isBinary);
    },
    ping: (ws) => void desk.admit(ws.getUserData()),
    dropped: () => counters.add("dropped"),
    close(ws, code) {
      entrance.forget();
      const socket = ws.getUserData();
      socket.ws = null;
      sockets.delete(socket);
      membership.forget(socket);
      online.go(socket);
      admission.leave(socket.principal, socket.address);
      counters.add(`closed_${code}`);
      if (sockets.size > 0) return;
      heartbeat.stop();
      online.rest();
    },
  };
}
