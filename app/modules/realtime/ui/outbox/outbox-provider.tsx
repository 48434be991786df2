import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { GUEST } from "~/platform/kept/guest";
import type { HubClient } from "../../client/hub-client";
import { useHubClient } from "../hub-provider";
import { deliver } from "./deliver";
import { createOutbox, type Lock, type Outbox, type OutboxParts } from "./outbox";
import { createOutboxStore } from "./outbox-store";
import { Interrupted, type QueuedMessage } from "./queued-message";

const OutboxContext = createContext<Outbox | null>(null);

/** The one outbox of this page, whatever screen is shown: what has still to go does not end with the screen. */
let standing: { outbox: Outbox; channel: BroadcastChannel | null; way: { client: HubClient | null } } | null = null;

function outboxOf(owner: string): NonNullable<typeof standing> {
  if (standing?.outbox.owner === owner) return standing;
  closeOutbox();
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`outbox ${owner}`);
  const way: { client: HubClient | null } = { client: null };
  const outbox = createOutbox({
    owner,
    store: createOutboxStore(),
    mayGo: (stopped) => waitToBeHere(owner, stopped),
    deliver: (message, stopped) => deliver(way.client, message, stopped),
    lock: lockOf(),
    openFiles,
    channel,
  });
  standing = { outbox, channel, way };
  void outbox.start();
  return standing;
}

const AGAIN_MS = 5_000;

/** Without a network it may not be there yet: what waits for it waits for the network anyway. */
const openFiles: OutboxParts["openFiles"] = async (parts) => {
  for (;;) {
    const part = await import("./message-files").catch(() => null);
    if (part) return part.createMessageFiles(parts);
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
};

const LOOK_MS = 1_000;

/**
 * A tab may stand, and have been without a network, while somebody else signed in beside it: what it sent now would be
 * sent in their name. Resolves once the browser is `owner`'s. @throws Interrupted when `stopped` said so first
 */
async function waitToBeHere(owner: string, stopped: () => boolean): Promise<void> {
  if (owner === GUEST) return;
  // Not of the first load of the public chat.
  const { whoIsHere } = await import("~/platform/kept/kept-store");
  while (!stopped()) {
    const here = await whoIsHere();
    // A browser that keeps nothing knows nobody; the server asks too.
    if (here === undefined || here === owner) return;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  throw new Interrupted();
}

/** Nobody sends for somebody else. */
function closeOutbox(): void {
  standing?.outbox.stop();
  standing?.channel?.close();
  standing = null;
}

type OutboxProviderProps = {
  /** Whose messages: an account's id, or `guest`. */
  owner: string;
  /** True once they sign out. */
  leaving?: boolean;
  children: ReactNode;
};

/** What this browser has still to send, for everything inside. Stands within the connection. */
export function OutboxProvider({ owner, leaving = false, children }: OutboxProviderProps) {
  const client = useHubClient();
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  useEffect(() => {
    const { outbox, way } = outboxOf(owner);
    way.client = client;
    setOutbox(outbox);
    return () => {
      way.client = null;
    };
  }, [owner, client]);
  useEffect(() => {
    if (leaving) void outbox?.forget().then(closeOutbox);
  }, [leaving, outbox]);
  return <OutboxContext.Provider value={outbox}>{children}</OutboxContext.Provider>;
}

/** A browser without locks (they came in 2022) sends each tab's own in order, and the server knows repeats. */
function lockOf(): Lock {
  if (navigator.locks) return async (name, work) => void (await navigator.locks.request(name, work));
  return (_, work) => work();
}

const NOTHING: readonly QueuedMessage[] = [];

/** The outbox, and what of it is of this conversation. */
export function useOutbox(conversation: string): { outbox: Outbox | null; queued: readonly QueuedMessage[] } {
  const outbox = useContext(OutboxContext);
  const all = useSyncExternalStore(outbox?.listen ?? (() => () => {}), outbox?.list ?? (() => NOTHING), () => NOTHING);
  const queued = all.filter((message) => message.conversation === conversation);
  return { outbox, queued: queued.length > 0 ? queued : NOTHING };
}
