import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export type Encoding = "br" | "gzip";
export type StaticFile = { bytes: Uint8Array; type: string; etag: string; cacheControl: string; compressible: boolean };

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
const COMPRESSIBLE = /^(?:text\/|image\/svg|application\/(?:json|manifest|wasm))/;
const WORTHWHILE = 1024;

/**
 * The client build in memory. An address is looked up whole, so that no path can climb out of the folder; source maps,
 * dot files and types nobody foresaw are not in the table at all.
 */
export class StaticFiles {
  readonly #files: Map<string, StaticFile>;
  readonly #compressed = new Map<string, Promise<Uint8Array>>();

  constructor(files: Map<string, StaticFile>) {
    this.#files = files;
  }

  find(path: string): StaticFile | undefined {
    return this.#files.get(path);
  }

  /** The file's bytes in `encoding`: compressed at the first use, kept from then on. */
  encoded(path: string, file: StaticFile, encoding: Encoding): Promise<Uint8Array> {
    const key = `${encoding} ${path}`;
    const kept = this.#compressed.get(key);
    if (kept) return kept;
    const made = compress(file.bytes, encoding);
    made.catch(() => this.#compressed.delete(key));
    this.#compressed.set(key, made);
    return made;
  }
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const compress = (bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array> =>
  encoding === "br" ? brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) : zip(bytes, { level: 9 });

/** The service worker, and what stands at its address where it is switched off: the one address browsers ask again. */
const WORKER = "/sw.js";
const WORKER_OFF = "/sw-off.js";

/** Reads a client build (`build/client`) into memory. A folder that is not there is an empty table. */
export async function loadStaticFiles(directory: string, serviceWorker = true): Promise<StaticFiles> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, StaticFile>();
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(directory, file).split(sep).join("/")}`;
    const type = TYPES[extname(entry.name)];
    if (entry.isFile() && type && !path.includes("/.")) files.set(path, describe(path, type, await readFile(file)));
  }
  const off = files.get(WORKER_OFF);
  files.delete(WORKER_OFF);
  if (off && !serviceWorker) files.set(WORKER, off);
  return new StaticFiles(files);
}

function describe(path: string, type: string, bytes: Uint8Array): StaticFile {
  const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  const compressible = bytes.length >= WORTHWHILE && COMPRESSIBLE.test(type);
  return { bytes, type, etag, cacheControl: cacheControl(path), compressible };
}

/** Names under /assets/ change with their content; scripts beside them (the service worker) must never be stale. */
function cacheControl(path: string) {
  if (path.startsWith("/assets/")) return "public, max-age=31536000, immutable";
  return /\.(?:m?js|html|json|webmanifest)$/.test(path) ? "no-cache" : "public, max-age=3600";
}
