import { type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";

export type CommandGroup = "ticket" | "found" | "go" | "settings" | "search";

/** Something that the palette offers: to be done at once, or to be chosen further. */
export type Command = {
  id: string;
  group: CommandGroup;
  label: string;
  /** Other words by which it is found. */
  words?: string;
  /** What stands at its end, such as what is so now. */
  end?: string;
  icon?: ReactNode;
  run?: () => void;
  options?: () => readonly Command[] | Promise<readonly Command[]>;
};

type Source = { current: readonly Command[] };
let sources: readonly Source[] = [];
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** Offers commands in the palette as long as the component stands; they may change at every render. */
export function useCommands(commands: readonly Command[]): void {
  const source = useRef(commands);
  source.current = commands;
  useEffect(() => {
    sources = [...sources, source];
    tell();
    return () => {
      sources = sources.filter((one) => one !== source);
      tell();
    };
  }, []);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
const none: readonly Source[] = [];

/** What the page offers now. */
export function useOfferedCommands(): readonly Command[] {
  const all = useSyncExternalStore(
    subscribe,
    () => sources,
    () => none,
  );
  return all.flatMap(({ current }) => current);
}
