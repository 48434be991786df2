/** Characters that RFC 8187 lets stand in an extended value. */
const ATTRIBUTE_CHARACTERS = /[^A-Za-z0-9!#$&+.^_`|~-]/g;

/** `Content-Disposition` with a name in any script (RFC 6266), and a plain one for who reads only that. */
export function disposition(type: "inline" | "attachment", name: string): string {
  const plain = name.normalize("NFKD").replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const bytes = [...Buffer.from(name.toWellFormed())];
  const extended = bytes
    .map((byte) => String.fromCharCode(byte))
    .join("")
    .replace(ATTRIBUTE_CHARACTERS, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
  return `${type}; filename="${plain}"; filename*=UTF-8''${extended}`;
}
