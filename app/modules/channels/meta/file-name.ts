const EXTENSIONS = new Map(
  Object.entries({
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "application/pdf": "pdf",
    "text/plain": "txt",
  }),
);

/** The bare type in lower case: `audio\/ogg; codecs=opus` is `audio/ogg`. Null when it is not a type at all. */
export function bareMime(value: string | undefined): string | null {
  const type = value?.replaceAll("\\", "").split(";")[0]?.trim().toLowerCase() ?? "";
  return /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,100}$/.test(type) ? type : null;
}

/**
 * A name under which a stranger's file can be kept and shown: no folders, no control or direction marks, no leading dots,
 * at most 200 characters. Made up from the kind and the type when nothing usable is left.
 */
export function safeFileName(given: string | undefined, kind: string, mime: string | null): string {
  const last = (given ?? "").split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  if (plain === "") return `${kind}.${EXTENSIONS.get(mime ?? "") ?? "bin"}`;
  const letters = [...plain];
  if (letters.length <= 200) return plain;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? "";
  return letters.slice(0, 200 - extension.length).join("") + extension;
}
