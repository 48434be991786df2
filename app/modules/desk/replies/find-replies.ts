import type { CannedReply } from "./canned-reply";

const SHOWN = 8;
const LONGEST_QUERY = 40;
const ORDER = { member: 0, area: 1, organisation: 2 } as const;

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** What is being written after a `/` that begins the caret's line; null where none does. */
export function replyQueryAt(text: string, caret: number): { from: number; query: string } | null {
  const from = text.lastIndexOf("\n", caret - 1) + 1;
  if (text.charAt(from) !== "/" || caret <= from || caret - from > LONGEST_QUERY) return null;
  return { from, query: text.slice(from + 1, caret) };
}

type Searched = Pick<CannedReply, "scope" | "shortcut" | "title" | "text">;

/**
 * The replies that have the words in their shortcut, title or text, whatever case and accents: one's own first, then the
 * areas', then everybody's; among these first those whose shortcut begins so. Few enough to choose among.
 */
export function findReplies<Reply extends Searched>(replies: readonly Reply[], query: string): Reply[] {
  const asked = fold(query.trim());
  const rank = ({ shortcut, title, text }: Reply) => {
    if (shortcut.startsWith(asked)) return 0;
    if (fold(title).includes(asked) || shortcut.includes(asked)) return 1;
    return fold(text).includes(asked) ? 2 : null;
  };
  return replies
    .flatMap((reply) => {
      const found = rank(reply);
      return found === null ? [] : [{ reply, found }];
    })
    .sort(
      (a, b) =>
        ORDER[a.reply.scope] - ORDER[b.reply.scope] ||
        a.found - b.found ||
        a.reply.shortcut.localeCompare(b.reply.shortcut),
    )
    .slice(0, SHOWN)
    .map(({ reply }) => reply);
}
