import { Readable } from "node:stream";
import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { fileKey, thumbnailKey } from "../storage/file-storage";
import { fileStorage } from "../storage/index.server";
import { accountAmong, actorFor, isOwner, targetOf } from "../uploads/uploader";
import { byteRange } from "./byte-range";
import { disposition } from "./disposition";
import { isSigned, isSignedFor } from "./signed-link.server";

/** What serving a file asks of those who know conversations. */
export type FileDoor = {
  actors: readonly Actor[];
  /** Whether the reader sees what is for colleagues, and from which of its messages on. @throws AppError 404 for who may not read that conversation */
  mayRead(actor: Actor, conversationId: string): Promise<{ staff: boolean; fromSeq: number }>;
  /** Where it is left out, no file of a bot is there. @throws AppError 404 or 403 for who may not edit that bot */
  mayDraw?(actor: Actor, flowId: string): Promise<unknown>;
};

type FileRow = typeof schema.file.$inferSelect;

/** Nothing of a file runs, and nothing is loaded by it, whatever it holds. */
const POLICY = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";

/**
 * A file as the reader of its conversation gets it: whole or a range of it, in the browser where its content is a
 * picture, sound or video, else as a download. `?size=thumb` is its small picture, or itself where it has none.
 * @throws AppError 404 for everybody else, and of what was deleted or not sent yet
 */
export async function answerFile(request: Request, id: string, door: FileDoor): Promise<Response> {
  return answer(request, await findReadable(id, door));
}

/**
 * The same for who shows an address that was signed for it, as providers do, and who is to keep nothing of it: once it is
 * deleted nobody could tell them. Null for an address that is not signed at all.
 * @throws AppError 404 of what was deleted or not sent yet, and for a signature that is wrong or over
 */
export async function answerSignedFile(request: Request, id: string): Promise<Response | null> {
  if (!isSigned(request)) return null;
  if (!isSignedFor(request, id)) throw notFound("file");
  const answered = await answer(request, await findSent(id));
  answered.headers.set("cache-control", "private, no-store");
  return answered;
}

function answer(request: Request, row: FileRow): Promise<Response> {
  const small = new URL(request.url).searchParams.get("size") === "thumb" && row.thumbnailAt !== null;
  return small ? answerThumbnail(request, row) : answerWhole(request, row);
}

/** What a message to a customer was sent with, for who was given its address. */
async function findSent(id: string): Promise<FileRow> {
  const { file, message } = schema;
  const [found] = await asSystem("a file by its signed address", (tx) =>
    tx
      .select({ file })
      .from(file)
      .innerJoin(message, eq(message.id, file.messageId))
      .where(and(eq(file.id, id), eq(message.visibility, "public"), isNull(message.deletedAt))),
  );
  if (!found) throw notFound("file");
  return found.file;
}

/** Its message decides who sees it: a note is for colleagues, what was deleted for nobody. */
async function findReadable(id: string, door: FileDoor): Promise<FileRow> {
  if (!isUuid(id)) throw notFound("file");
  const { file, message } = schema;
  const [found] = await asSystem("whose file this is", (tx) =>
    tx
      .select({ file, seq: message.seq, visibility: message.visibility, deletedAt: message.deletedAt })
      .from(file)
      .leftJoin(message, eq(message.id, file.messageId))
      .where(eq(file.id, id)),
  );
  const target = found && targetOf(found.file);
  if (!target) throw notFound("file");
  if ("flowId" in target) return ofFlow(found.file, target.flowId, door);
  const { conversationId } = target;
  const actor = actorFor(door.actors, conversationId);
  if (!actor) throw notFound("file");
  const { staff, fromSeq } = await door.mayRead(actor, conversationId);
  const inSight = (staff || found.visibility === "public") && (found.seq ?? 0) >= fromSeq;
  const sent = found.visibility !== null && found.deletedAt === null && inSight;
  const own = found.file.messageId === null && isOwner(actor, found.file);
  if (!sent && !own) throw notFound("file");
  return found.file;
}

/** A bot's own file is for those who edit it; customers get copies of it. */
async function ofFlow(file: FileRow, flowId: string, { actors, mayDraw }: FileDoor): Promise<FileRow> {
  const actor = accountAmong(actors);
  if (!actor || !mayDraw) throw notFound("file");
  await mayDraw(actor, flowId);
  return file;
}

const headersOf = (etag: string, mime: string): Record<string, string> => ({
  etag,
  "content-type": mime,
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  // Kept by the reader's own browser, which asks each time whether the reader may still see it.
  "cache-control": "private, no-cache",
  vary: "cookie, authorization",
});

const isKnown = (request: Request, etag: string) =>
  (request.headers.get("if-none-match") ?? "").split(/\s*,\s*/).includes(etag);

async function answerThumbnail(request: Request, row: FileRow): Promise<Response> {
  const etag = `"${row.sha256}-thumb"`;
  const headers = headersOf(etag, "image/webp");
  if (isKnown(request, etag)) return new Response(null, { status: 304, headers });
  return new Response(await bodyOf(request, thumbnailKey(row)), { headers });
}

async function answerWhole(request: Request, row: FileRow): Promise<Response> {
  const etag = `"${row.sha256}"`;
  const headers = {
    ...headersOf(etag, row.kind === "file" ? "application/octet-stream" : row.mime),
    "accept-ranges": "bytes",
    "content-disposition": disposition(row.kind === "file" ? "attachment" : "inline", row.name),
  };
  if (isKnown(request, etag)) return new Response(null, { status: 304, headers });
  const unchanged = [null, etag].includes(request.headers.get("if-range"));
  const range = unchanged ? byteRange(request.headers.get("range"), row.size) : null;
  if (range === "unsatisfiable")
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${row.size}` } });
  const length = range ? range.end - range.start + 1 : row.size;
  const sized = { ...headers, "content-length": String(length) };
  const body = row.size === 0 ? "" : await bodyOf(request, fileKey(row), range ?? undefined);
  if (!range) return new Response(body, { headers: sized });
  const place = `bytes ${range.start}-${range.end}/${row.size}`;
  return new Response(body, { status: 206, headers: { ...sized, "content-range": place } });
}

/** As fast as the client reads it; nothing is opened for who asks for the head alone. */
async function bodyOf(request: Request, key: string, range?: { start: number; end: number }) {
  if (request.method === "HEAD") return null;
  const stream = await (await fileStorage()).read(key, range);
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
