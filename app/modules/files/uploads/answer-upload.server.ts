import { Server, type Upload } from "@tus/server";
import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { asSystem, type Scope } from "~/platform/db.server";
import { AppError, notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import { log } from "~/platform/log.server";
import { schema } from "~db/index.server";
import { CHECKSUM_ALGORITHMS, checksumOf } from "./checksum";
import { finishUpload } from "./finish-upload.server";
import { uploadLocks } from "./upload-lock";
import { UploadStore } from "./upload-store.server";
import { accountAmong, actorFor, isOwner, targetOf, type Uploader, type UploadTarget } from "./uploader";

/** What the protocol asks of those who know conversations. */
export type UploadDoor = {
  /** Whom the request proves to come from: a browser may hold an account's session and several guests' secrets. */
  actors: readonly Actor[];
  /** @throws AppError 404 or 403 for who may not write to that conversation */
  mayWrite(actor: Actor, conversationId: string): Promise<Scope>;
  /** @throws AppError 404 or 403 for who may not edit that bot */
  mayDraw(actor: Actor, flowId: string): Promise<Scope>;
  /** Asked for each new upload. @throws AppError `too_many_requests` */
  charge(actor: Actor): Promise<void>;
};

const locker = uploadLocks();

/**
 * Answers one request of the tus protocol (1.0: creation, with and without a first part or a length, termination,
 * expiration, checksum). `Upload-Metadata` names the `conversation` (or the `flow`, for a file that a bot sends), `filename`,
 * `filetype`, `voice` (1 for a voice note), and what the sender knows of its content: `duration` (ms), `waveform` (up to 100 numbers from 0 to 100, with commas between) and
 * `placeholder` (a picture of at most 4 KB as a data URL); what of these is unsound is left out. Of
 * somebody else's upload nobody learns that it is there. An upload that is whole is a file of the same id.
 */
export async function answerUpload(request: Request, door: UploadDoor): Promise<Response> {
  let uploader: Uploader | undefined;
  const known = () => {
    if (!uploader) throw notFound("upload");
    return uploader;
  };
  const server = new Server({
    path: "/uploads",
    relativeLocation: true,
    allowedOrigins: () => false,
    locker,
    lockDrainTimeout: 200,
    datastore: new UploadStore(known, () => checksumOf(request.headers.get("upload-checksum"))),
    namingFunction: () => newId(),
    getFileIdFromRequest: ({ url }) => idIn(url),
    async onIncomingRequest(_, id) {
      if (request.method !== "POST") uploader = await findUploader(door, id);
    },
    async onUploadCreate(_, upload) {
      uploader = await findCreator(door, upload);
      return {};
    },
    async onUploadFinish(_, { id }) {
      await finishUpload(id);
      return {};
    },
    onResponseError: (_, error) => refusalOf(error),
  });
  const response = await server.handleWeb(request);
  if (request.method === "OPTIONS") response.headers.set("tus-checksum-algorithm", CHECKSUM_ALGORITHMS.join(","));
  // The last answer of an upload, or the making of its file, may have been lost with a process.
  if (request.method === "HEAD" && response.ok && isWhole(response.headers))
    await finishUpload(idIn(request.url) ?? "");
  return response;
}

const isWhole = (headers: Headers) => headers.get("upload-offset") === headers.get("upload-length");

function idIn(address: string): string | undefined {
  const id = new URL(address).pathname.slice("/uploads/".length);
  return isUuid(id) ? id : undefined;
}

async function findUploader(door: UploadDoor, id: string): Promise<Uploader> {
  const { upload, file } = schema;
  const whose = <Table extends typeof upload | typeof file>({ conversationId, flowId, accountId, guestId }: Table) => ({
    conversationId,
    flowId,
    accountId,
    guestId,
  });
  const [row] = await asSystem("whose upload this is", async (tx) => {
    const coming = await tx.select(whose(upload)).from(upload).where(eq(upload.id, id));
    return coming.length > 0 ? coming : tx.select(whose(file)).from(file).where(eq(file.id, id));
  });
  const actor = row && door.actors.find((one) => isOwner(one, row));
  const target = row && targetOf(row);
  if (!actor || !target) throw notFound("upload");
  return { actor, target, scope: await scopeFor(door, actor, target) };
}

async function findCreator(door: UploadDoor, { metadata }: Upload): Promise<Uploader> {
  const { conversation, flow } = metadata ?? {};
  const target: UploadTarget = flow ? { flowId: flow } : { conversationId: conversation ?? "" };
  const actor = "flowId" in target ? accountAmong(door.actors) : actorFor(door.actors, target.conversationId);
  if (!actor) throw notFound(flow ? "flow" : "conversation");
  const scope = await scopeFor(door, actor, target);
  await door.charge(actor);
  return { actor, target, scope };
}

const scopeFor = (door: UploadDoor, actor: Actor, target: UploadTarget): Promise<Scope> =>
  "flowId" in target ? door.mayDraw(actor, target.flowId) : door.mayWrite(actor, target.conversationId);

const FAULT = { expected: false };

type Refusal = { status_code: number; body: string };

/** The protocol's own refusals leave as they are; what is none of them says its code, or nothing. */
function refusalOf(error: Error | Refusal): Refusal | undefined {
  if ("status_code" in error) return undefined;
  const { code, status, data, expected } = error instanceof AppError ? error : new AppError("unexpected", 500, FAULT);
  if (!expected) log.error({ err: error }, "an upload failed");
  return { status_code: status, body: JSON.stringify({ code, data }) };
}
