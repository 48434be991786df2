export type MentionablePerson = { id: string; name: string; handle: string | null };

const SHOWN = 8;
const LONGEST = 40;

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** What is being written after an `@` that stands just before the caret; null where nobody is being called. */
export function mentionAt(text: string, caret: number): { from: number; query: string } | null {
  const from = text.lastIndexOf("@", caret - 1);
  if (from < 0 || caret - from > LONGEST) return null;
  if (from > 0 && /[\p{L}\p{N}_]/u.test(text.charAt(from - 1))) return null;
  const query = text.slice(from + 1, caret);
  return /[\n@]|^\s|\s\s/.test(query) ? null : { from, query };
}

/** Those whose name, or a word of it, or handle begins so, in their order; few enough to choose among. */
export function peopleFor(people: readonly MentionablePerson[], query: string): MentionablePerson[] {
  const asked = fold(query);
  const fits = ({ name, handle }: MentionablePerson) => {
    const folded = fold(name);
    return (
      folded.startsWith(asked) || folded.includes(` ${asked}`) || (handle?.toLowerCase().startsWith(asked) ?? false)
    );
  };
  return people.filter(fits).slice(0, SHOWN);
}

/** The word by which the server finds somebody: the name, and the handle where others have the same name. */
export function wordFor(person: MentionablePerson, people: readonly MentionablePerson[]): string {
  const shared = people.some((one) => one.id !== person.id && one.name.toLowerCase() === person.name.toLowerCase());
  return shared ? (person.handle ?? person.name) : person.name;
}
