/** The longest side of what is sent, in pixels: nobody sees a group's picture larger. */
const LONGEST = 1_024;

/**
 * Sends a picture for a conversation, as one request of the tus protocol, and gives its id. It is shrunk before where the
 * browser can read it, so that neither its bytes nor the place where it was taken leave the device.
 * @throws Error where it did not arrive
 */
export async function uploadPicture(file: File, conversationId: string): Promise<string> {
  const content = (await shrunk(file)) ?? file;
  const answer = await fetch("/uploads", {
    method: "POST",
    headers: {
      "Tus-Resumable": "1.0.0",
      "Upload-Length": String(content.size),
      "Upload-Metadata": metadata({ conversation: conversationId, filename: file.name, filetype: content.type }),
      "Content-Type": "application/offset+octet-stream",
    },
    body: content,
  });
  const id = answer.headers.get("Location")?.split("/").at(-1);
  const whole = answer.headers.get("Upload-Offset") === String(content.size);
  if (!answer.ok || !id || !whole) throw new Error(`the picture did not arrive: ${answer.status}`);
  return id;
}

const metadata = (entries: Record<string, string>): string =>
  Object.entries(entries)
    .map(([name, value]) => `${name} ${btoa(String.fromCodePoint(...new TextEncoder().encode(value)))}`)
    .join(",");

async function shrunk(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done) => canvas.toBlob(done, "image/webp", 0.85));
}
