import { shrinkToDataUrl } from "~/modules/files/index.server";
import { FetchRefusal, type GuardedFetch } from "~/platform/guarded-fetch/index.server";
import type { LinkPreview } from "../message-view";
import { decodePage, readPage } from "./read-page";

const PICTURE_BYTES = 5 * 1_048_576;
/** Half of what the fetcher allows: nobody waits for a preview, and a slow site must not hold the workers. */
const TIME_MS = 5_000;
const HTML = /^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i;

/** What the page at an address says of itself; null where there is nothing to show. */
export async function fetchPreview(url: string, fetch: GuardedFetch): Promise<LinkPreview | null> {
  const page = await fetch(url, { cut: true, timeoutMs: TIME_MS, headers: { accept: "text/html" } }).catch(asNothing);
  const type = page?.headers["content-type"] ?? "";
  if (page?.status !== 200 || !HTML.test(type)) return null;
  const facts = readPage(decodePage(page.body, type));
  if (!facts) return null;
  const { title, description, picture } = facts;
  const site = facts.site || new URL(page.url).hostname.replace(/^www\./, "");
  return { url, title, description, site, picture: await fetchPicture(picture, page.url, fetch) };
}

async function fetchPicture(
  address: string | null,
  pageUrl: string,
  fetch: GuardedFetch,
): Promise<LinkPreview["picture"]> {
  if (!address || !URL.canParse(address, pageUrl)) return null;
  const url = new URL(address, pageUrl).href;
  const answer = await fetch(url, { maxBytes: PICTURE_BYTES, timeoutMs: TIME_MS }).catch(asNothing);
  return answer?.status === 200 ? shrinkToDataUrl(answer.body) : null;
}

/** What could not be fetched has nothing to show; whatever else went wrong is a fault. */
function asNothing(error: unknown): null {
  if (error instanceof FetchRefusal) return null;
  throw error;
}
