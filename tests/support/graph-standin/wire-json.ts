/** JSON as Meta puts it on the wire: slashes and everything beyond ASCII escaped. The signature is made over these bytes. */
export function wireJson(value: unknown): Buffer {
  const escaped = JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return Buffer.from(escaped, "ascii");
}
