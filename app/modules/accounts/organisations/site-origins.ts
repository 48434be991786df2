import { z } from "zod";

const MOST_SITES = 20;
/** A star would open it to whole domains, a semicolon begin another rule: both may stand in an address. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const HERE = ["localhost", "127.0.0.1"];

/** A site as a header names it: scheme, host and port; null for what is none that may show a frame of ours. */
function originOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.username || url.password) return null;
  const secure = url.protocol === "https:" || (url.protocol === "http:" && HERE.includes(url.hostname));
  return secure && NAME.test(url.hostname) ? url.origin : null;
}

/** The sites that may show the public chat; whatever page of one is given, its origin is kept. */
export const siteOrigins = z
  .array(z.string().trim().max(300, "site_malformed"))
  .max(MOST_SITES, "too_many_lines")
  .transform((sites, ctx) => {
    const origins = sites.map(originOf);
    if (origins.includes(null)) ctx.addIssue({ code: "custom", message: "site_malformed" });
    return [...new Set(origins.filter((origin) => origin !== null))];
  });
