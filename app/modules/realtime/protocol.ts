/** What both ends of `/hub` agree on; docs/protocol.md has it with examples. */
export const SUBPROTOCOL = "guazu.v1";

export const CLOSE = {
  slowReader: 4001,
  draining: 4002,
  signedOut: 4501,
  removed: 4503,
  protocol: 4504,
} as const;

/** Whether a socket closed with this code is to be opened again: 4500 to 4999 say to stay away. */
export const comesBack = (code: number): boolean => code < 4500 || code > 4999;

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const TOPIC = new RegExp(`^(?:conversation:${UUID}|organisation:${UUID}:tickets)$`);
const CONVERSATION = "conversation:";

/** Whether clients may ask for a topic of this name at all; the server's own names never match. */
export const isTopicName = (name: string): boolean => name.length <= 64 && TOPIC.test(name);

/** The conversation that a topic name stands for, or null. */
export const conversationOf = (name: string): string | null =>
  name.startsWith(CONVERSATION) ? name.slice(CONVERSATION.length) : null;

export type Rev = number | string;

export type ServerFrame =
  | {
      t: "welcome";
      account: { kind: string; id: string; name: string };
      session: string | null;
      heads: Record<string, number>;
      feed: string;
    }
  | { t: "subscribed"; topic: string; rev: Rev }
  | { t: "ack"; ref: string; message: { id: string; seq: number; created_at: string }; dedup?: true }
  | { t: "error"; ref?: string; code: string; message: string; data?: unknown }
  | { t: "event"; topic: string; rev?: Rev; event: string; data: unknown }
  | { t: "heads"; heads: Record<string, number> }
  | { t: "resync"; topic: string }
  | { t: "pong" };
