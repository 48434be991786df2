import type { CustomField } from "../fields/field-values";

/** What a column of a file is: a detail of the contact, `field:<key>`, or "" for nothing. */
export type Column = string;

export const DETAIL_COLUMNS = ["name", "phone", "email", "notes", "tags"] as const;

const WORDS: Record<(typeof DETAIL_COLUMNS)[number], RegExp> = {
  name: /^(full |display )?name$|^nombre( completo| y apellido)?$|^nome( completo)?$|^contact[oe]?$|^cliente$/,
  phone: /^(phone|mobile|tel|telephone|whatsapp|telefono|tel\.|celular|movil|telefone|fone)( number)?$|^n(umer|úmer)o$/,
  email: /^(e-?mail|mail|correo( electronico)?|e-?mail address)$/,
  notes: /^(notes?|notas?|observaciones|observacoes|comentarios?|comments?)$/,
  tags: /^(tags?|etiquetas?|labels?)$/,
};

const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s_]+/g, " ")
    .trim();

/** What the columns of a file seem to be, by their headings; each detail is guessed once. */
export function guessColumns(headings: readonly string[], fields: readonly CustomField[]): Column[] {
  const taken = new Set<string>();
  return headings.map((heading) => {
    const word = plain(heading);
    const detail = DETAIL_COLUMNS.find((name) => WORDS[name].test(word));
    const field = fields.find(
      ({ key, label }) => plain(label) === word || `field:${key}` === heading.trim() || key === word,
    );
    const column = field ? `field:${field.key}` : (detail ?? "");
    if (!column || taken.has(column)) return "";
    taken.add(column);
    return column;
  });
}
