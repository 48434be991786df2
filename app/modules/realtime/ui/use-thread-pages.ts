import { useCallback, useEffect, useRef } from "react";
import { type LoadedPage, type Message, trimmed, withEarlier, withLater, withStretch } from "~/modules/messaging";
import { askServer } from "~/platform/ask-server";
import type { LoadedThread } from "./use-thread";

const PAGE = 60;
/** What comes and what goes are drawn in turns: what is in sight is held by how many lines came at its one side. */
const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

type Held<State> = { readonly current: { state: State } };
type Change<State> = (change: (old: State) => State) => void;

/**
 * The pages of an open conversation beyond what it began with: earlier, later, around a message, and the end again. One is
 * under way at a time. `heard` is to be told of every message that comes meanwhile.
 */
export function useThreadPages<State extends LoadedThread>(id: string, latest: Held<State>, setState: Change<State>) {
  const loading = useRef(false);
  const meanwhile = useRef<Message[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins anew.
  useEffect(() => {
    loading.current = false;
    meanwhile.current = [];
  }, [id]);

  const load = useCallback(
    async (query: string, put: (old: State, page: LoadedPage, heard: readonly Message[]) => State) => {
      if (loading.current) return false;
      loading.current = true;
      meanwhile.current = [];
      try {
        const page = await askServer<LoadedPage>(`/conversations/${id}/messages?${query}&limit=${PAGE}`);
        const heard = meanwhile.current;
        setState((old) => (old.conversation_id === id ? put(old, page, heard) : old));
        return true;
      } catch {
        return false;
      } finally {
        loading.current = false;
      }
    },
    [id, setState],
  );

  const loadEarlier = useCallback(async () => {
    const { messages, more } = latest.current.state;
    const first = messages[0]?.seq;
    if (!more || first === undefined) return;
    await load(`before_seq=${first}`, (old, page, heard) =>
      old.messages[0]?.seq === first ? withEarlier(old, page, heard) : old,
    );
    await drawn();
    setState((old) => trimmed(old, "start"));
  }, [latest, load, setState]);

  const loadLater = useCallback(async () => {
    const { messages, more_after } = latest.current.state;
    const last = messages.at(-1)?.seq;
    if (!more_after || last === undefined) return;
    await load(`after_seq=${last}`, (old, page, heard) =>
      old.messages.at(-1)?.seq === last ? withLater(old, page, heard) : old,
    );
    await drawn();
    setState((old) => trimmed(old, "end"));
  }, [latest, load, setState]);

  /** Shows the stretch around a message. Resolves with whether it is there now. */
  const goTo = useCallback(
    async (seq: number): Promise<boolean> => {
      const { messages } = latest.current.state;
      if (messages.some((message) => message.seq === seq)) return true;
      return load(`around_seq=${seq}`, withStretch);
    },
    [latest, load],
  );

  const toLatest = useCallback(async () => {
    if (latest.current.state.more_after) await load("newest=1", withStretch);
  }, [latest, load]);

  const heard = useCallback((message: Message) => {
    if (loading.current) meanwhile.current.push(message);
  }, []);
  return { loadEarlier, loadLater, goTo, toLatest, heard };
}
