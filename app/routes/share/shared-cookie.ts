/** The words that came without a service worker, and whether files came with them, which only a worker keeps. */
export type SharedWords = { text: string; cut: boolean; lostFiles: boolean };

export const SHARED = "shared";
/** A cookie has four thousand characters; of the words it takes so many bytes. */
const BYTES = 2_700;
const KEPT_SECONDS = 3_600;

/** The words as a cookie for the page where their chat is chosen. */
export function sharedCookie(text: string, lostFiles: boolean): string {
  const bytes = new TextEncoder().encode(text);
  const kept = new TextDecoder().decode(bytes.subarray(0, BYTES)).replace(/\uFFFD+$/, "");
  const words: SharedWords = { text: kept, cut: bytes.length > BYTES, lostFiles };
  const value = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(words))));
  return `${SHARED}=${value}; Path=/share; Max-Age=${KEPT_SECONDS}; SameSite=Lax`;
}

export function readShared(value: string | undefined): SharedWords | null {
  try {
    const bytes = Uint8Array.from(atob(value ?? ""), (one) => one.charCodeAt(0));
    const words = JSON.parse(new TextDecoder().decode(bytes)) as Partial<SharedWords>;
    if (typeof words.text !== "string") return null;
    return { text: words.text, cut: words.cut === true, lostFiles: words.lostFiles === true };
  } catch {
    return null;
  }
}

/** In the browser, once a chat was chosen. */
export function dropShared(): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the other way is in few browsers.
  document.cookie = `${SHARED}=; Path=/share; Max-Age=0; SameSite=Lax`;
}
