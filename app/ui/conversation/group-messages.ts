import { dayOf } from "../format/format-dates";
import type { MessageView } from "./message-view";

export type GroupedMessage<M> = {
  message: M;
  /** The first of a run by one author: carries the name. */
  first: boolean;
  /** The last of a run: carries the picture. */
  last: boolean;
  /** The first of its day in the reader's time zone. */
  newDay: boolean;
};

const PAUSE_MS = 5 * 60_000;

type Groupable = Pick<MessageView, "author" | "visibility" | "kind" | "created_at">;

/**
 * Tells which messages stand together: one author, one visibility, one day, and no pause of five minutes between. Keeps
 * the order it is given, which is that of `seq`; clocks decide only about the gaps.
 */
export function groupMessages<M extends Groupable>(messages: readonly M[], timeZone: string): GroupedMessage<M>[] {
  const days = messages.map((message) => dayOf(Date.parse(message.created_at), timeZone));
  const joined = (at: number) => {
    const [before, message] = [messages[at - 1], messages[at]];
    return (
      before !== undefined && message !== undefined && days[at - 1] === days[at] && belongTogether(before, message)
    );
  };
  return messages.map((message, at) => ({
    message,
    first: !joined(at),
    last: !joined(at + 1),
    newDay: days[at] !== days[at - 1],
  }));
}

function belongTogether(before: Groupable, message: Groupable): boolean {
  if (before.kind === "system" || message.kind === "system") return false;
  return (
    before.author.kind === message.author.kind &&
    before.author.id === message.author.id &&
    before.visibility === message.visibility &&
    Math.abs(Date.parse(message.created_at) - Date.parse(before.created_at)) < PAUSE_MS
  );
}
