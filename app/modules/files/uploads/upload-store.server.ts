import type { Readable } from "node:stream";
import { DataStore, Upload } from "@tus/server";
import { and, count, eq, isNull } from "drizzle-orm";
import { membershipIn } from "~/modules/accounts";
import { inScope, type Tx } from "~/platform/db.server";
import { AppError, conflict, notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { harmlessName } from "../content/harmless-name";
import { toldBySender } from "../content/told-by-sender.server";
import { requireRoom } from "../quota/require-room.server";
import type { Checksum } from "./checksum";
import { openPart, type PartFile, partSize, removePart } from "./part-file.server";
import { ownerOf, type Uploader } from "./uploader";

/** How long an upload may take, and how long a whole file may wait to be sent. */
const LIFE_MS = 24 * 3600 * 1000;
/** Of one person: under way, and whole but not sent yet. */
const MOST_AT_ONCE = 200;
/** After so many bytes what came is made to last, so that a kill costs little of a long request. */
const CHECKPOINT_BYTES = 16 * 1024 * 1024;

const MIME = /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,80}/i;

/**
 * Where the tus protocol keeps one person's uploads: their numbers in the database, their bytes in files that grow. A
 * number is written after its bytes are on disk, and only onto the one that was read before: of two processes that take
 * in the same upload at once, one stops.
 */
export class UploadStore extends DataStore {
  readonly #uploader: () => Uploader;
  readonly #checksum: () => Checksum | null;

  /**
   * @param uploader who it was found to be, asked once the request has been let through
   * @param checksum what the request says of its part, asked then too
   */
  constructor(uploader: () => Uploader, checksum: () => Checksum | null) {
    super();
    this.extensions = ["creation", "creation-with-upload", "creation-defer-length"];
    this.extensions.push("termination", "expiration", "checksum");
    this.#uploader = uploader;
    this.#checksum = checksum;
  }

  override getExpiration(): number {
    return LIFE_MS;
  }

  override async create(given: Upload): Promise<Upload> {
    const { scope, actor, target } = this.#uploader();
    const { filename, filetype, voice } = given.metadata ?? {};
    const told = await toldBySender(given.metadata ?? {});
    await this.#run(async (tx, now) => {
      await refuseTooMany(tx, ownerOf(actor));
      await tx.insert(schema.upload).values({
        id: given.id,
        orgId: scope.orgId ?? null,
        ...target,
        ...ownerOf(actor),
        name: harmlessName(filename ?? ""),
        declaredType: MIME.exec(filetype ?? "")?.[0].toLowerCase() ?? null,
        voice: voice === "1",
        ...told,
        size: given.size ?? null,
        createdAt: now,
        expiresAt: new Date(now.getTime() + LIFE_MS),
      });
      await this.#requireRoom(tx, given.size ?? 0);
      given.creation_date = now.toISOString();
    });
    return given;
  }

  /** A file that is shorter than its number, as on a disk that lost something, goes on from where it ends. */
  override async getUpload(id: string): Promise<Upload> {
    const { upload, file } = schema;
    const [row] = await this.#run((tx) => tx.select().from(upload).where(eq(upload.id, id)));
    if (!row) {
      const [whole] = await this.#run((tx) => tx.select({ size: file.size }).from(file).where(eq(file.id, id)));
      if (!whole) throw notFound("upload");
      return new Upload({ id, offset: whole.size, size: whole.size });
    }
    const offset = Math.min(row.received, await partSize(id));
    if (offset < row.received) await this.#note(id, row.received, offset);
    return new Upload({ id, offset, size: row.size ?? undefined, creation_date: row.createdAt.toISOString() });
  }

  override async declareUploadLength(id: string, size: number): Promise<void> {
    const { upload } = schema;
    await this.#run(async (tx) => {
      const [row] = await tx.update(upload).set({ size }).where(eq(upload.id, id)).returning();
      await this.#requireRoom(tx, size - (row?.received ?? 0));
    });
  }

  /** @throws AppError `upload_complete` (409): a whole file is no longer the protocol's to remove */
  override async remove(id: string): Promise<void> {
    const { upload } = schema;
    const gone = await this.#run((tx) => tx.delete(upload).where(eq(upload.id, id)).returning({ id: upload.id }));
    if (gone.length === 0) throw conflict("upload_complete");
    await removePart(id);
  }

  /**
   * Keeps what came, also where the sender goes away in the midst of it. A part with a checksum counts whole or not at all.
   * @throws AppError `checksum_mismatch` (460), `file_quota_exceeded`, `storage_full`, `upload_moved`
   */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const sum = this.#checksum();
    let part: PartFile | undefined;
    let saved = offset;
    try {
      // A stream that this loop ended would tell the library that its sender had, before the reason is thrown.
      for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
        part ??= await openPart(id, offset);
        await part.append(chunk);
        sum?.update(chunk);
        if (!sum && part.position - saved >= CHECKPOINT_BYTES) saved = await this.#save(id, part, saved);
      }
      if (sum && !sum.matches()) throw new AppError("checksum_mismatch", 460);
      return part ? await this.#save(id, part, saved) : saved;
    } catch (error) {
      // What stopped by itself may have more to keep; what was refused has not.
      if (part && !sum && !(error instanceof AppError)) await this.#save(id, part, saved);
      throw error;
    } finally {
      await part?.close();
    }
  }

  async #save(id: string, part: PartFile, before: number): Promise<number> {
    const { position } = part;
    if (position === before) return before;
    await part.sync();
    await this.#note(id, before, position);
    return position;
  }

  async #note(id: string, before: number, received: number): Promise<void> {
    const { upload } = schema;
    await this.#run(async (tx) => {
      const [noted] = await tx
        .update(upload)
        .set({ received })
        .where(and(eq(upload.id, id), eq(upload.received, before)))
        .returning({ size: upload.size });
      if (!noted) throw conflict("upload_moved");
      // One of a length that is not known yet was let in with nothing.
      if (noted.size === null && received > before) await this.#requireRoom(tx, received - before);
    });
  }

  #requireRoom(tx: Tx, added: number): Promise<void> {
    const { scope, actor } = this.#uploader();
    return requireRoom(tx, scope.orgId, added, Boolean(scope.orgId && membershipIn(actor, scope.orgId)));
  }

  #run<T>(work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    return inScope(this.#uploader().scope, work);
  }
}

async function refuseTooMany(tx: Tx, { accountId, guestId }: ReturnType<typeof ownerOf>): Promise<void> {
  const { upload, file } = schema;
  const whose = <Table extends typeof upload | typeof file>(table: Table) =>
    accountId ? eq(table.accountId, accountId) : eq(table.guestId, guestId ?? "");
  const [coming] = await tx.select({ n: count() }).from(upload).where(whose(upload));
  const [waiting] = await tx
    .select({ n: count() })
    .from(file)
    .where(and(whose(file), isNull(file.messageId)));
  if ((coming?.n ?? 0) + (waiting?.n ?? 0) >= MOST_AT_ONCE) throw new AppError("too_many_uploads", 429);
}
