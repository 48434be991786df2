import type { z } from "zod";

/**
 * One frame for the screens that listen. `topic` is the server's own name, which says who may hear (`c:<id>:s`: staff
 * of a conversation); `as` is the name by which the reader asked for it (`conversation:<id>`). `rev` is the number by
 * which the reader notices a gap: the conversation's for conversations, the feed's cursor for lists.
 */
export type Delivery = { topic: string; as: string; event: string; rev?: number | string; data: unknown };

/** A fact that others may hear, in the past tense. `deliver` says which screens see what of it. */
export type EventDefinition<Data = unknown> = {
  readonly name: string;
  readonly schema: z.ZodType<Data>;
  readonly deliver: (data: Data) => Delivery[];
};

export type EmittedEvent<Data = unknown> = { readonly definition: EventDefinition<Data>; readonly data: Data };

export function defineEvent<Data>(definition: EventDefinition<Data>): EventDefinition<Data> {
  return definition;
}

type Listener = (events: readonly EmittedEvent[]) => void | Promise<void>;
const listeners = new Set<Listener>();

/** Hears the events of every transaction after its commit, in order. Returns the way to stop. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hands committed events to the listeners; one that fails does not keep the others from hearing. */
export async function publish(events: readonly EmittedEvent[], onFault: (error: unknown) => void): Promise<void> {
  if (events.length === 0) return;
  for (const listener of listeners) {
    try {
      await listener(events);
    } catch (error) {
      onFault(error);
    }
  }
}
