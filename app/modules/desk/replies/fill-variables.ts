/** What a canned reply may name, as `{{contact.name}}`. */
export const VARIABLES = [
  "contact.name",
  "contact.first_name",
  "agent.name",
  "ticket.number",
  "organisation.name",
  "area.name",
] as const;
export type Variable = (typeof VARIABLES)[number];
export type VariableValues = Partial<Record<Variable, string>>;

/** `unknown` stands as it was written: nobody has given it a value. */
export type TextPart = { text: string; kind: "text" | "filled" | "unknown" };

const NAMED = /\{\{\s*([^{}\s]*)\s*\}\}/g;

/** Cuts a text into plain words, variables with their values, and those that have none. A value is never read again. */
export function splitVariables(text: string, values: VariableValues): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of text.matchAll(NAMED)) {
    if (found.index > end) parts.push({ text: text.slice(end, found.index), kind: "text" });
    end = found.index + found[0].length;
    const name = VARIABLES.find((one) => one === found[1]);
    const value = name && values[name];
    parts.push(value ? { text: value, kind: "filled" } : { text: found[0], kind: "unknown" });
  }
  if (end < text.length) parts.push({ text: text.slice(end), kind: "text" });
  return parts;
}

/** The text with the values in place of their names; a name without a value stays, so that the writer sees it. */
export const fillVariables = (text: string, values: VariableValues): string =>
  splitVariables(text, values)
    .map((part) => part.text)
    .join("");

/** What one calls somebody: the first word of the name. */
export const firstNameOf = (name: string): string => name.trim().split(/\s+/)[0] ?? "";
