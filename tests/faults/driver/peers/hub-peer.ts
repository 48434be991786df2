import { setTimeout as sleep } from "node:timers/promises";
import type WebSocket from "ws";
import { createHubClient, type HubEvent } from "~/modules/realtime/client/hub-client";
import { type Dial, registerDial } from "./dialing-socket";

type Told = { id: string; seq: number };
type Change = { rev: number; message: Told | null };
/** What one reader has of one conversation. */
export type Page = { bySeq: Map<number, string>; reached: number };

export type PeerOptions = {
  name: string;
  token: string;
  hosts: () => readonly string[];
  address: string;
  conversations: readonly string[];
  /** Words that only another organisation's messages hold. */
  forbidden: string;
};

/** As patient as a browser nearly: a busy machine is slow, and asking again makes it slower. */
const CALL_MS = 30_000;
const PAGE = 100;

/**
 * A reader and writer with the browser's own client: it comes back after every cut, at whichever server is there, says
 * again what had no answer under the same key, and fetches what it missed by number.
 */
export function startPeer({ name, token, hosts, address, conversations, forbidden }: PeerOptions) {
  const pages = new Map<string, Page>(conversations.map((id) => [id, { bySeq: new Map(), reached: 0 }]));
  const seen = { connects: 0, bytes: 0, foreign: 0, moved: 0, pages: 0, resyncs: 0 };
  let socket: WebSocket | undefined;
  let at = "";
  let onTold: ((conversation: string, told: Told) => void) | undefined;

  const hold = (conversation: string, told: Told) => {
    const page = pages.get(conversation);
    const before = page?.bySeq.get(told.seq);
    if (before !== undefined && before !== told.id) seen.moved++;
    page?.bySeq.set(told.seq, told.id);
    if (before === undefined) onTold?.(conversation, told);
  };
  const take = async (conversation: string, after: number) => {
    const list = hosts();
    const host = list[Math.floor(Math.random() * list.length)];
    const answer = await fetch(`${host}/api/v1/conversations/${conversation}/changes?after=${after}&limit=${PAGE}`, {
      headers: { authorization: `Bearer ${token}`, "x-forwarded-for": address },
      signal: AbortSignal.timeout(CALL_MS),
    });
    if (!answer.ok) throw new Error(`changes answered ${answer.status}`);
    const text = await answer.text();
    note(text);
    seen.pages++;
    return JSON.parse(text) as { data: Change[]; next_cursor: string | null };
  };
  /** Fetches and keeps what changed after a number, page by page; resolves with the number reached. */
  const catchUp = async (conversation: string, afterRev: number): Promise<number> => {
    let reached = afterRev;
    for (let more = true; more; ) {
      const { data, next_cursor } = await take(conversation, reached);
      for (const { rev, message } of data) {
        if (message) hold(conversation, message);
        reached = Math.max(reached, rev);
      }
      more = next_cursor !== null;
    }
    const page = pages.get(conversation);
    if (page) page.reached = Math.max(page.reached, reached);
    return reached;
  };
  const note = (text: string) => {
    seen.bytes += text.length;
    if (text.includes(forbidden)) seen.foreign++;
  };
  const dial: Dial = {
    hosts,
    token,
    address,
    onRaw: note,
    onSocket(next, host) {
      next.on("open", () => {
        seen.connects++;
        socket = next;
        at = host;
      });
    },
  };
  const client = createHubClient(registerDial(name, dial), {
    onEvent({ topic, data }: HubEvent) {
      const { message } = data as { message?: Told };
      if (message) hold(topic.replace("conversation:", ""), message);
    },
    onGap: catchUp,
    onResync(topic) {
      seen.resyncs++;
      const id = topic.replace("conversation:", "");
      if (pages.has(id)) void catchUp(id, 0).catch(() => {});
    },
    onPoll() {
      for (const [id, { reached }] of pages) void catchUp(id, reached).catch(() => {});
    },
  });
  for (const id of conversations) client.subscribe(`conversation:${id}`, 0);

  return {
    name,
    token,
    conversations,
    pages,
    seen,
    status: client.status,
    /** The server that it last came to. */
    at: () => at,
    /** The bare connection, to be stalled or torn. */
    socket: () => socket,
    /** Resolves with the acknowledgement, however often it must be said; rejects with what a person would be shown. */
    send: (conversation: string, text: string, ref: string) =>
      client.send({ t: "send", ref, conversation, text, visibility: "public" }),
    onTold: (listener: typeof onTold) => {
      onTold = listener;
    },
    async stop(): Promise<void> {
      client.stop();
      await sleep(0);
      socket?.terminate();
    },
  };
}

export type Peer = ReturnType<typeof startPeer>;
