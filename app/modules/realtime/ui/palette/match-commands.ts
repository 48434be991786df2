type Findable = { label: string; words?: string };

export const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * How well a word fits a text, without case and accents: 0 not at all, more the better. The beginning is best, then that of a
 * word, then anywhere, then only its letters in their order.
 */
export function fitOf(text: string, query: string): number {
  const [whole, wanted] = [plain(text), plain(query.trim())];
  if (wanted === "") return 1;
  if (whole.startsWith(wanted)) return 5;
  for (let at = whole.indexOf(wanted); at > 0; at = whole.indexOf(wanted, at + 1))
    if (!/[\p{L}\p{N}]/u.test(whole[at - 1] ?? "")) return 4;
  if (wanted.split(/\s+/).every((word) => whole.includes(word))) return 3;
  return inOrder(whole, wanted.replace(/\s+/g, "")) ? 1 : 0;
}

/** Whether the letters stand in the text in their order; few letters fit nearly everything. */
function inOrder(text: string, letters: string): boolean {
  if (letters.length < 3) return false;
  let from = 0;
  for (const letter of letters) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

/** Those that fit, the best first; among equals their own order stays. */
export function matchCommands<C extends Findable>(commands: readonly C[], query: string): C[] {
  return commands
    .map((command) => ({
      command,
      fit: Math.max(fitOf(command.label, query), fitOf(command.words ?? "", query) - 0.5),
    }))
    .filter(({ fit }) => fit >= 1)
    .toSorted((a, b) => b.fit - a.fit)
    .map(({ command }) => command);
}
