import { Readable } from "node:stream";
import { and, eq, isNull } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { fileKey } from "../storage/file-storage";
import { fileStorage } from "../storage/index.server";

/**
 * The logo of an organisation by its handle, for everybody. Under an address that names the logo itself (`?v=`) it never
 * changes.
 * @throws AppError `not_found` where there is none, or the organisation is suspended
 */
export async function answerLogo(request: Request, handle: string): Promise<Response> {
  const { file, organisation } = schema;
  const living = and(eq(organisation.handle, handle.toLowerCase()), isNull(organisation.suspendedAt));
  const [logo] = await asSystem("an organisation's logo", (tx) =>
    tx
      .select({ id: file.id, sha256: file.sha256, size: file.size, mime: file.mime })
      .from(organisation)
      .innerJoin(file, eq(file.id, organisation.logoId))
      .where(living),
  );
  if (!logo) throw notFound("file");
  const named = new URL(request.url).searchParams.get("v") === logo.id;
  const etag = `"${logo.sha256}"`;
  const headers = {
    etag,
    "content-type": logo.mime,
    "content-length": String(logo.size),
    "content-security-policy": "default-src 'none'; sandbox",
    // Link previews of other sites show it.
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": named ? "public, max-age=31536000, immutable" : "public, max-age=300",
  };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  const stream = await (await fileStorage()).read(fileKey(logo));
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { headers });
}
