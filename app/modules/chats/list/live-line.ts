import type { ConversationFrame, FirstFile, Message, Notice } from "~/modules/messaging";

/** The last words of a chat, as lists show them. */
export type LastWords = {
  seq: number;
  text: string;
  file: FirstFile | null;
  notice: Notice | null;
  /** It shows a ticket. */
  card?: true;
  author: string | null;
  own: boolean;
  at: string;
};

/** What the frames of a group change of its line in a list. */
type LiveLine = {
  /** The number up to which the frames are in it. */
  readonly rev: number;
  readonly readSeq: number;
  readonly unread: number;
  readonly mentioned: boolean;
  readonly last: LastWords | null;
};

/**
 * A group's line after a frame of its conversation: equal to what a fresh load would show; the same where the frame is in it
 * already. Null where it cannot be told without asking: a frame was missed, the last words went, or a call may have gone.
 */
function applyToLine<Line extends LiveLine>(
  line: Line,
  { event, rev, data }: ConversationFrame,
  accountId: string,
): Line | null {
  if (typeof rev !== "number" || rev <= line.rev) return line;
  if (rev > line.rev + 1) return null;
  const { message } = data as { message: Message };
  const next = { ...line, rev };
  if (event === "message.created") return withWords(next, message, accountId);
  if (event !== "message.edited" && event !== "message.deleted") return next;
  const called = line.mentioned || calls(message, accountId);
  if (called && message.seq > line.readSeq) return null;
  if (message.seq !== line.last?.seq) return next;
  return event === "message.edited" ? { ...next, last: lastOf(message, accountId) } : null;
}

function withWords<Line extends LiveLine>(line: Line, message: Message, accountId: string): Line {
  const last = lastOf(message, accountId);
  // Who writes has read what was there.
  if (last.own) return { ...line, last, readSeq: message.seq, unread: 0, mentioned: false };
  return { ...line, last, unread: line.unread + 1, mentioned: line.mentioned || calls(message, accountId) };
}

const calls = ({ mentions = [] }: Message, accountId: string) => mentions.some(({ id }) => id === accountId);

function lastOf(message: Message, accountId: string): LastWords {
  const { seq, text, author, notice = null, card, created_at: at } = message;
  const [file] = message.attachments;
  return {
    ...{ seq, text, notice, at, author: author.name, own: author.id === accountId },
    ...(card && { card: true as const }),
    file: file ? { kind: file.kind, name: file.name } : null,
  };
}

/** A line with all the frames that were heard, in order; `whole` unless something of them is to be asked for. */
export function heardLine<Line extends LiveLine>(
  line: Line,
  frames: readonly ConversationFrame[],
  accountId: string,
): { line: Line; whole: boolean } {
  let at = line;
  for (const frame of frames) {
    const next = applyToLine(at, frame, accountId);
    if (next === null) return { line: at, whole: false };
    at = next;
  }
  return { line: at, whole: true };
}
