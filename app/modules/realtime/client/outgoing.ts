import type { ServerFrame } from "../protocol";

export type Acknowledged = Extract<ServerFrame, { t: "ack" }>;
export type Outgoing = { t: "send" | "edit" | "delete" | "react"; ref: string };

/** Why the server would not take a frame; `code` is the key of the text for people (`errors.<code>`). */
export class HubRefusal extends Error {
  readonly code: string;
  readonly data: unknown;
  constructor(code: string, data?: unknown) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

type Waiting = { frame: Outgoing; done: (ack: Acknowledged) => void; refused: (why: HubRefusal) => void };

const RETRY_LATER = new Set(["too_many_requests", "unavailable", "internal"]);
const RETRY_SECONDS = 2;
const MAX_INTERNAL = 5;

/** Frames that wait for their answer, said again with the same `ref` on every new socket until there is one. */
export function createOutgoing(say: (frame: Outgoing) => boolean) {
  const waiting = new Map<string, Waiting & { faults: number }>();
  let ended = "";

  const retry = (ref: string, seconds: number) => {
    setTimeout(() => {
      const one = waiting.get(ref);
      if (one) say(one.frame);
    }, seconds * 1000);
  };
  return {
    send(frame: Outgoing): Promise<Acknowledged> {
      if (ended) return Promise.reject(new HubRefusal(ended));
      return new Promise((done, refused) => {
        waiting.set(frame.ref, { frame, done, refused, faults: 0 });
        say(frame);
      });
    },
    sayAll(): void {
      for (const { frame } of waiting.values()) say(frame);
    },
    acknowledged(ack: Acknowledged): void {
      waiting.get(ack.ref)?.done(ack);
      waiting.delete(ack.ref);
    },
    /** A refusal that may pass is tried again; any other is the answer. */
    refused({ ref = "", code, data }: Extract<ServerFrame, { t: "error" }>): void {
      const one = waiting.get(ref);
      if (!one) return;
      if (RETRY_LATER.has(code) && (code !== "internal" || ++one.faults < MAX_INTERNAL)) {
        const after = (data as { retry_after?: number } | undefined)?.retry_after;
        retry(ref, after ?? RETRY_SECONDS);
        return;
      }
      waiting.delete(ref);
      one.refused(new HubRefusal(code, data));
    },
    /** The socket is gone for good. */
    end(code: string): void {
      ended = code;
      for (const { refused } of waiting.values()) refused(new HubRefusal(code));
      waiting.clear();
    },
  };
}
