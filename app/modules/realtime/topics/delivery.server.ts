import type { Bus } from "~/platform/bus/bus";
import type { Delivery, EmittedEvent } from "~/platform/events";
import { conversationOf, type Rev } from "../protocol";
import type { HubSocket } from "../sockets/hub-socket.server";
import type { Counters } from "./counters";
import { ONLINE_ASK, ONLINE_BEAT } from "./online.server";
import type { Outlet } from "./outlet.server";
import { PRESENCE_BEAT } from "./presence.server";
import { noteDelivered, type TopicIndex } from "./topic-index.server";

/** Frames that may be left out for a socket that reads slowly: the next one makes them worthless. */
const LOSSY = new Set(["typing", "presence"]);
/** Says nothing to clients: whoever hears the topic is asked anew whether they may. */
export const RIGHTS_CHANGED = "rights.changed";
/** Facts on a principal's own topic after which its rights are read anew. */
const REVOKING = new Set([RIGHTS_CHANGED, "member.changed", "session.ended", "token.revoked"]);

type Envelope = { topic: string; event: string; rev: Rev | undefined; frame: string };

/** Tells a conversation's number alone: each who hears it asks for what they may read. */
const MOVED = "conversation.moved";

const encode = ({ as, rev, event, data }: Delivery): string => {
  const conversation = event === MOVED ? conversationOf(as) : null;
  return conversation === null
    ? JSON.stringify({ t: "event", topic: as, rev, event, data })
    : JSON.stringify({ t: "heads", heads: { [conversation]: rev } });
};

/** A line before the frame tells the other process what it must know, so that nobody parses the frame again. */
const seal = ({ event, rev, frame }: Envelope): string =>
  `${event}\t${rev === undefined ? "" : typeof rev === "number" ? `n${rev}` : `s${rev}`}\n${frame}`;

function unseal(topic: string, payload: string): Envelope | null {
  const end = payload.indexOf("\n");
  const tab = payload.indexOf("\t");
  if (end < 0 || tab < 0 || tab > end) return null;
  const mark = payload.slice(tab + 1, end);
  const rev = mark === "" ? undefined : mark.startsWith("n") ? Number(mark.slice(1)) : mark.slice(1);
  return { topic, event: payload.slice(0, tab), rev, frame: payload.slice(end + 1) };
}

/** Told of each fact that another process published, with its topic and the topic's number. */
export type HeardElsewhere = (topic: string, rev: Rev | undefined) => void;

type DeliveryParts = {
  bus: Bus;
  index: TopicIndex;
  outlet: Outlet;
  counters: Counters;
  lossyBufferedBytes: number;
  /** Reads anew the rights of all that hear the topic. */
  recheck: (topic: string) => void;
  /** What another process said of who looks at a conversation. */
  hearPresence: (topic: string, body: string) => void;
  /** What another process said of who is there, and of whom it asked. */
  hearOnline: (topic: string, body: string) => void;
  hearOnlineAsk: (beacon: string) => void;
  heardElsewhere: HeardElsewhere | undefined;
};

/** Brings frames to this process's sockets first and to the other processes after; each frame is encoded once. */
export function createDelivery({
  bus,
  index,
  outlet,
  counters,
  lossyBufferedBytes,
  recheck,
  hearPresence,
  hearOnline,
  hearOnlineAsk,
  heardElsewhere,
}: DeliveryParts) {
  const toLossy = (name: string, frame: string, except: HubSocket | null) => {
    for (const socket of index.socketsOf(name)) {
      if (socket === except || !socket.ws) continue;
      if (socket.ws.getBufferedAmount() > lossyBufferedBytes) counters.add("lossy_left_out");
      else socket.ws.send(frame);
    }
  };
  const toSockets = (envelope: Envelope, except: HubSocket | null = null) => {
    const topic = index.get(envelope.topic);
    if (!topic) return;
    if (envelope.event === RIGHTS_CHANGED) return recheck(envelope.topic);
    noteDelivered(topic, envelope.rev);
    if (LOSSY.has(envelope.event)) toLossy(envelope.topic, envelope.frame, except);
    else outlet.push(envelope.topic, envelope.frame);
    if (REVOKING.has(envelope.event)) recheck(envelope.topic);
  };
  bus.onMessage((topic, payload) => {
    const envelope = unseal(topic, payload);
    if (!envelope) return counters.add("bus_unreadable");
    if (envelope.event === PRESENCE_BEAT) return hearPresence(topic, envelope.frame);
    if (envelope.event === ONLINE_BEAT) return hearOnline(topic, envelope.frame);
    if (envelope.event === ONLINE_ASK) return hearOnlineAsk(envelope.frame);
    heardElsewhere?.(topic, envelope.rev);
    toSockets(envelope);
  });

  /** `except` does not hear it: the socket that it came from. */
  const deliverOne = (delivery: Delivery, except: HubSocket | null = null): void => {
    const { topic, event, rev } = delivery;
    const envelope = { topic, event, rev, frame: event === RIGHTS_CHANGED ? "" : encode(delivery) };
    counters.add("deliveries");
    toSockets(envelope, except);
    bus.publish(topic, seal(envelope));
  };
  return {
    deliverOne,
    deliver(events: readonly EmittedEvent[]): void {
      for (const { definition, data } of events) for (const one of definition.deliver(data)) deliverOne(one);
    },
    /** Between processes only. */
    say: (topic: string, event: string, body: string) =>
      bus.publish(topic, seal({ topic, event, rev: undefined, frame: body })),
    /** For what another process published and this one missed: its sockets only. */
    redeliver(delivery: Delivery): void {
      const { topic, event, rev } = delivery;
      toSockets({ topic, event, rev, frame: encode(delivery) });
    },
  };
}

export type DeliveryPart = ReturnType<typeof createDelivery>;
