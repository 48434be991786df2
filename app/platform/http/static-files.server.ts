import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

export type Encoding = "br" | "gzip";
export type StaticFile = {
  bytes: Uint8Array;
  type: string;
  etag: string;
  cacheControl: string;
  /** What the build put beside it to go over the line in its place. */
  encoded: Partial<Record<Encoding, Uint8Array>>;
};

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
const ENDS: Record<Encoding, string> = { br: ".br", gzip: ".gz" };

/**
 * The client build in memory. An address is looked up whole, so that no path can climb out of the folder; source maps,
 * dot files and types nobody foresaw are not in the table at all.
 */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

/** The service worker, and what stands at its address where it is switched off: the one address browsers ask again. */
const WORKER = "/sw.js";
const WORKER_OFF = "/sw-off.js";

/** Reads a client build (`build/client`) into memory. A folder that is not there is an empty table. */
export async function loadStaticFiles(directory: string, serviceWorker = true): Promise<StaticFiles> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const present = new Set(
    entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)),
  );
  const files = new Map<string, StaticFile>();
  for (const file of present) {
    const path = `/${relative(directory, file).split(sep).join("/")}`;
    const type = TYPES[extname(file)];
    if (!type || path.includes("/.")) continue;
    const bytes = await readFile(file);
    const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
    const encoded: StaticFile["encoded"] = {};
    for (const [encoding, end] of Object.entries(ENDS))
      if (present.has(file + end)) encoded[encoding as Encoding] = await readFile(file + end);
    files.set(path, { bytes, type, etag, cacheControl: cacheControl(path), encoded });
  }
  const off = files.get(WORKER_OFF);
  files.delete(WORKER_OFF);
  if (off && !serviceWorker) files.set(WORKER, off);
  return files;
}

/** Names under /assets/ change with their content; scripts beside them (the service worker) must never be stale. */
function cacheControl(path: string) {
  if (path.startsWith("/assets/")) return "public, max-age=31536000, immutable";
  return /\.(?:m?js|html|json|webmanifest)$/.test(path) ? "no-cache" : "public, max-age=3600";
}
