import { asSystem, inScope, type Scope, type Tx } from "./db.server";
import { type EmittedEvent, type EventDefinition, publish } from "./events";
import { log } from "./log.server";

/** What every verb gets: who acts, the transaction, the one clock, and the way to say what happened. */
export type Context<Actor = unknown> = {
  readonly actor: Actor;
  readonly tx: Tx;
  /** The database's time at the begin of the transaction. */
  readonly now: Date;
  /** Says a fact; it is heard after the commit, or never. */
  readonly emit: <Data>(definition: EventDefinition<Data>, data: NoInfer<Data>) => void;
};

type Runner = <T>(work: (tx: Tx, now: Date) => Promise<T>) => Promise<T>;

async function run<Actor, T>(actor: Actor, runner: Runner, work: (ctx: Context<Actor>) => Promise<T>): Promise<T> {
  let events: EmittedEvent[] = [];
  const result = await runner(async (tx, now) => {
    events = [];
    const emit: Context["emit"] = (definition, data) => {
      events.push({ definition, data: definition.schema.parse(data) } as EmittedEvent);
    };
    return work({ actor, tx, now, emit });
  });
  await publish(events, (error) => log.error({ err: error }, "a listener failed"));
  return result;
}

/** One transaction of a verb within a scope; its events are published after the commit. */
export const transact = <Actor, T>(actor: Actor, scope: Scope, work: (ctx: Context<Actor>) => Promise<T>): Promise<T> =>
  run(actor, (inner) => inScope(scope, inner), work);

/** The same for work that belongs to no single organisation; see `asSystem`. */
export const transactAsSystem = <Actor, T>(
  actor: Actor,
  reason: string,
  work: (ctx: Context<Actor>) => Promise<T>,
): Promise<T> => run(actor, (inner) => asSystem(reason, inner), work);
