import { answerOf, browserDatabase, endOf } from "./browser-database";

/** What another app gave to this one, until somebody chooses the chat for it. */
export type Parcel = { text: string; files: readonly File[]; at: number };

/** What nobody chose a chat for in a day is not looked for any more. */
const KEPT_MS = 24 * 60 * 60_000;
/** There is one: who shares something else has thought again. */
const PLACE = "parcel";

const open = browserDatabase("guazu-shared", (db) => db.createObjectStore("parcels"));

/** The words that came with it in one text: a title that the text does not say anyway, the text, the address. */
export function wordsOfParcel(form: FormData): string {
  const [title = "", text = "", url = ""] = ["title", "text", "url"].map((name) => {
    const value = form.get(name);
    return typeof value === "string" ? value.replaceAll("\u0000", "").trim() : "";
  });
  const kept = [text.includes(title) ? "" : title, text, text.includes(url) ? "" : url];
  return kept.filter(Boolean).join("\n");
}

/** @throws where the browser keeps nothing (private, full) */
export async function putParcel(parcel: Parcel): Promise<void> {
  const tx = (await open()).transaction("parcels", "readwrite");
  tx.objectStore("parcels").put(parcel, PLACE);
  await endOf(tx);
}

export async function readParcel(now = Date.now()): Promise<Parcel | null> {
  try {
    const parcels = (await open()).transaction("parcels").objectStore("parcels");
    const parcel = (await answerOf(parcels.get(PLACE))) as Parcel | undefined;
    return parcel && parcel.at > now - KEPT_MS ? parcel : null;
  } catch {
    return null;
  }
}

export async function dropParcel(): Promise<void> {
  try {
    const tx = (await open()).transaction("parcels", "readwrite");
    tx.objectStore("parcels").delete(PLACE);
    await endOf(tx);
  } catch {}
}
