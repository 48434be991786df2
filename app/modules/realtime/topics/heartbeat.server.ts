import type { Logger } from "pino";
import type { HubLimits } from "../limits";
import { CLOSE, conversationOf } from "../protocol";
import type { FrameDesk } from "../sockets/frame-desk.server";
import { type HubSocket, tell } from "../sockets/hub-socket.server";
import type { Counters } from "./counters";
import type { HealingPart } from "./healing.server";
import type { OnlinePart } from "./online.server";
import type { PresencePart } from "./presence.server";
import type { RightsPart } from "./rights.server";
import type { TopicIndex } from "./topic-index.server";

type HeartbeatParts = {
  sockets: ReadonlySet<HubSocket>;
  index: TopicIndex;
  healing: HealingPart;
  rights: RightsPart;
  presence: PresencePart;
  online: OnlinePart;
  desk: FrameDesk;
  limits: HubLimits;
  counters: Counters;
  log: Logger;
  now: () => number;
};

/** Where each conversation that the socket holds stands, as far as this process knows. */
function headsOf(socket: HubSocket, index: TopicIndex): Record<string, number> | null {
  const heads: Record<string, number> = {};
  let any = false;
  for (const [as, topics] of socket.held) {
    const conversation = conversationOf(as);
    if (conversation === null) continue;
    for (const name of topics) {
      const head = index.get(name)?.head;
      if (head === null || head === undefined) continue;
      heads[conversation] = Math.max(head, heads[conversation] ?? 0);
      any = true;
    }
  }
  return any ? heads : null;
}

/** The one timer of the hub: sweeps, heads, rights and tidying, each in its time, while there are sockets. */
export function createHeartbeat(parts: HeartbeatParts) {
  const { sockets, index, healing, rights, presence, online, desk, limits, counters, log, now } = parts;
  let timer: NodeJS.Timeout | undefined;
  let round: HubSocket[] = [];
  let perBeat = 1;
  let roundAt = 0;
  let rightsAt = 0;
  let rightsRunning = false;

  /** One that cannot take what it was sent is told to come back rather than sent more. */
  const attend = (socket: HubSocket) => {
    if (!socket.ws) return;
    const buffered = socket.ws.getBufferedAmount();
    if (buffered > limits.maxBufferedBytes / 2) {
      counters.add("slow_closed");
      socket.ws.end(CLOSE.slowReader, "slow reader");
      return;
    }
    if (buffered > limits.lossyBufferedBytes) return;
    const heads = headsOf(socket, index);
    if (heads) tell(socket, { t: "heads", heads });
  };
  /** A part of the sockets at every beat, so that each has its turn once per round and no beat is long. */
  const someHeads = () => {
    if (round.length === 0 && now() - roundAt >= limits.headsEveryMs) {
      round = [...sockets];
      roundAt = now();
      perBeat = Math.ceil((round.length * limits.sweepEveryMs) / limits.headsEveryMs);
    }
    for (const socket of round.splice(0, perBeat)) attend(socket);
  };
  const checkRights = async () => {
    rightsRunning = true;
    rightsAt = now();
    await rights.sweep().catch((error) => log.warn({ err: error }, "the sweep of rights failed"));
    rightsRunning = false;
  };
  const beat = () => {
    void healing.sweep();
    presence.beat();
    online.beat();
    someHeads();
    desk.tidy();
    if (!rightsRunning && now() - rightsAt >= limits.rightsEveryMs) void checkRights();
  };

  return {
    start(): void {
      if (timer) return;
      roundAt = now();
      rightsAt = roundAt;
      timer = setInterval(beat, limits.sweepEveryMs);
      timer.unref();
      void healing.watching();
    },
    stop(): void {
      clearInterval(timer);
      timer = undefined;
      round = [];
      healing.rest();
    },
    /** The bus may have lost anything meanwhile: what the database knows goes to everybody, and rights are read anew. */
    async afterOutage(): Promise<void> {
      counters.add("bus_reconnects");
      if (sockets.size === 0) return;
      await healing.sweep();
      await healing.sweep();
      for (const socket of [...sockets]) attend(socket);
      await checkRights();
    },
  };
}

export type Heartbeat = ReturnType<typeof createHeartbeat>;
