import type { KeyboardEvent } from "react";

/** Bold, italic and struck, by the keys that people know from other programs. */
const MARKS: Record<string, string> = { b: "*", i: "_", x: "~" };

/** Puts the mark of the pressed keys around what is selected, or takes it away; Ctrl or Cmd with B, I, and Shift with X. */
export function styleSelection(event: KeyboardEvent<HTMLTextAreaElement>): void {
  const key = event.key.toLowerCase();
  const mark = MARKS[key];
  if (!mark || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey !== (key === "x")) return;
  event.preventDefault();
  const field = event.currentTarget;
  const { text, from, to, start, end } = withMark(field.value, field.selectionStart, field.selectionEnd, mark);
  field.setSelectionRange(from, to);
  // The only way that lets people undo it. Browsers without it set the text.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
}

/** What takes the place of `from` to `to`, and what is selected then. Blanks at the edges stay outside: a mark hugs its words. */
export function withMark(value: string, from: number, to: number, mark: string) {
  const chosen = value.slice(from, to);
  const words = chosen.trim();
  const before = chosen.slice(0, chosen.indexOf(words));
  const after = chosen.slice(before.length + words.length);
  const start = from + before.length;
  if (value.charAt(start - 1) === mark && value.charAt(start + words.length) === mark)
    return {
      text: words,
      from: start - 1,
      to: start + words.length + 1,
      start: start - 1,
      end: start - 1 + words.length,
    };
  return { text: before + mark + words + mark + after, from, to, start: start + 1, end: start + 1 + words.length };
}
