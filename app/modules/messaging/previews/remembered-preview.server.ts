import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import type { GuardedFetch } from "~/platform/guarded-fetch/index.server";
import { schema } from "~db/index.server";
import type { LinkPreview } from "../message-view";
import { fetchPreview } from "./fetch-preview.server";

const HOUR_MS = 3_600_000;
const KEPT_MS = 7 * 24 * HOUR_MS;

const REASON = "what pages say of themselves belongs to nobody";

/** What an address shows, fetched at most once a week, or once an hour where there was nothing. */
export async function rememberedPreview(url: string, fetch: GuardedFetch): Promise<LinkPreview | null> {
  const key = createHash("sha256").update(url).digest("hex");
  const { linkPreview } = schema;
  const known = await asSystem(REASON, async (tx, now) => {
    const [row] = await tx.select().from(linkPreview).where(eq(linkPreview.key, key));
    const age = row ? now.getTime() - row.fetchedAt.getTime() : Number.POSITIVE_INFINITY;
    return age < (row?.preview ? KEPT_MS : HOUR_MS) ? row : undefined;
  });
  if (known) return known.preview as LinkPreview | null;
  const preview = await fetchPreview(url, fetch);
  await asSystem(REASON, (tx, now) =>
    tx
      .insert(linkPreview)
      .values({ key, preview, fetchedAt: now })
      .onConflictDoUpdate({ target: linkPreview.key, set: { preview, fetchedAt: now } }),
  );
  return preview;
}
