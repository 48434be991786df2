import type { Actor } from "~/modules/accounts";
import type { Delivery } from "~/platform/events";

/** What a handshake brought. Of a cookie the `Origin` was checked already; a token came as Bearer or `?access_token=`. */
export type Credentials = {
  cookie: string | null;
  token: string | null;
  /** `?guest=<conversation>`: the public chat's secret for it counts, whoever else is signed in on this browser. */
  guestOf: string | null;
  clientAddress: string;
};

/** Who is at the other end of a socket. */
export type Principal = {
  readonly actor: Actor;
  /** The browser session; null for tokens and guests. */
  readonly sessionId: string | null;
  /** Told to the client in `welcome`. */
  readonly account: { kind: "account" | "guest"; id: string; name: string };
  /** A guest's only conversation. */
  readonly conversationId?: string;
  /** Counts connections and messages together, e.g. `account:<id>` or `guest:<id>`. */
  readonly key: string;
  /** Topics of the server that every socket of this principal hears, e.g. `u:<accountId>`; rights are revoked there. */
  readonly personalTopics: readonly string[];
  /**
   * A fingerprint of all that joining depends on (memberships, roles, areas, scopes). While it stays the same after a
   * `refresh`, joined topics stand; when it differs, every joined topic is asked for anew.
   */
  readonly rights: string;
};

/** `rev` is the conversation's number as this reader counts, or the feed's cursor for a list. */
export type Joined = { topics: readonly string[]; rev: number | string };

export type SentMessage = { id: string; seq: number; created_at: string };

export type SendFrame = {
  ref: string;
  conversation: string;
  text: string;
  attachments: string[];
  reply_to?: string;
  visibility: "public" | "staff";
  based_on_seq?: number;
};
export type EditFrame = { ref: string; message: string; text: string };
export type RemoveFrame = { ref: string; message: string };
export type ReactFrame = { ref: string; message: string; emoji: string; on: boolean };

export type ResumeRequest = { conversations: Record<string, number>; feed?: string };
/** Heads only of conversations that the reader may read, each in the reader's own count; the feed's cursor as it is now. */
export type Resumed = { heads: Record<string, number>; feed: string };

/**
 * Where something changed: a topic of the server, its readers' name for it, and the number it stands at. For lists
 * (`rev` a string) one entry per change, so that a change which nobody delivered is noticed.
 */
export type Moved = { topic: string; as: string; rev: number | string };
/** `cursor` goes into the next call. `deliveries`, where given, are frames for what moved, in order. */
export type MovedSince = { cursor: string; moved: readonly Moved[]; deliveries?: readonly Delivery[] };

/** The same principal as it stands now, or why it is gone. Null counts as signed out. */
export type Refreshed = Principal | "signed_out" | "removed" | null;

/**
 * All that the hub knows of the product. Verbs throw `AppError`; its code goes to the client in an `error` frame.
 * Names given by clients (`topic`, ids) were checked for shape only.
 */
export type HubDoors = {
  /** Null refuses the handshake with 401. */
  authenticate(credentials: Credentials): Promise<Principal | null>;
  /**
   * Asks the page's policy for `conversation:<id>` or `organisation:<id>:tickets` and reads the number it stands at.
   * Called again once the socket hears the topics, so that `rev` is never older than the subscription.
   */
  join(actor: Actor, topic: string): Promise<Joined>;
  /** Answers after the commit. */
  send(actor: Actor, frame: SendFrame): Promise<{ message: SentMessage; dedup: boolean }>;
  edit(actor: Actor, frame: EditFrame): Promise<{ message: SentMessage }>;
  remove(actor: Actor, frame: RemoveFrame): Promise<{ message: SentMessage }>;
  react(actor: Actor, frame: ReactFrame): Promise<{ message: SentMessage }>;
  read(actor: Actor, conversation: string, seq: number): Promise<void>;
  /** Frames saying that the actor types. `topics`: what the socket joined for this conversation. Touches no database. */
  typing(actor: Actor, conversation: string, topics: readonly string[]): Delivery[] | Promise<Delivery[]>;
  /** The readers' name of a topic at which people see one another looking; null for every other topic. */
  viewed(topic: string): string | null;
  /** As whom others see the actor there; null for who is not shown. */
  viewer(actor: Actor): { id: string; name: string } | null;
  /** Of a topic at which it is told whether an account is there: the account, and the topic that its own sockets hear. */
  watched(topic: string): { account: string; topic: string } | null;
  /** The topic at which others hear whether the actor is there; null for who is never shown, such as a program. */
  beacon(actor: Actor): string | null;
  /** Writes down when these accounts were there last, once a minute at most and when somebody leaves. */
  seen(accounts: readonly string[]): Promise<void>;
  resume(actor: Actor, request: ResumeRequest): Promise<Resumed>;
  /** The rights of open sockets' principals as they are now, in the same order: every 30 s, and at once when told. */
  refresh(principals: readonly Principal[]): Promise<readonly Refreshed[]>;
  /**
   * What changed after the cursor, below the snapshot's horizon, in one query, the highest number per topic. Null asks
   * for the cursor as it is now, with nothing moved. Called every second while the process has sockets.
   */
  movedSince(cursor: string | null): Promise<MovedSince>;
};
