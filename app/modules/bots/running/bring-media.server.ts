import { claimFiles, lendFile, signedLink } from "~/modules/files/index.server";
import type { Attachment } from "~/modules/messaging";
import { toAttachment } from "~/modules/messaging/index.server";
import type { TicketContext } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import type { MediaKind, MediaSource } from "../engine/run";
import { fetchMedia } from "./fetch-media.server";
import type { RunDesk } from "./run-desk.server";

/** A provider looks for it once the message leaves, which may be a day later. */
const LINK_MS = 25 * 3600_000;

/** A picture or file on its way into a message: how the thread shows it, and where a provider fetches it. */
export type BroughtMedia = {
  attachment: Attachment;
  /** Null where there is nothing to fetch. */
  link: string | null;
  /** To be called with the message that took it. */
  sentWith(messageId: string): Promise<void>;
};

const UNKNOWN = {
  ...{ size: null, url: null, width: null, height: null, thumbnail: null, placeholder: null },
  ...{ duration_ms: null, waveform: null, mime: null },
};

/**
 * A file of the organisation becomes one of this conversation's. What lies at an address is shown as on its way, and a job
 * brings it; a provider is told the address itself.
 */
export function bringMedia(
  ctx: TicketContext,
  desk: RunDesk,
  { kind, source }: { kind: MediaKind; source: MediaSource },
): Promise<BroughtMedia> {
  return source.from === "file" ? lent(ctx, desk, kind, source.file) : fetched(ctx, desk, kind, source.url);
}

async function lent(ctx: TicketContext, desk: RunDesk, kind: MediaKind, fileId: string): Promise<BroughtMedia> {
  const { orgId, conversationId } = desk.run;
  const file = await lendFile(ctx, fileId, { orgId, conversationId });
  if (!file) {
    const attachment: Attachment = { ...UNKNOWN, id: newId(), kind, name: null, state: "failed", reason: null };
    return { attachment, link: null, sentWith: async () => {} };
  }
  return {
    attachment: toAttachment(file),
    link: signedLink(file.id, new Date(ctx.now.getTime() + LINK_MS)),
    sentWith: (messageId) => claimFiles(ctx, [file], messageId),
  };
}

/** The last part of its path, as far as it is one. */
function nameOf(url: string): string | null {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  return /^[\w.-]{1,100}$/.test(last) ? last : null;
}

async function fetched(ctx: TicketContext, desk: RunDesk, kind: MediaKind, url: string): Promise<BroughtMedia> {
  const id = newId();
  const attachment: Attachment = { ...UNKNOWN, id, kind, name: nameOf(url), state: "pending", reason: null };
  return {
    attachment,
    link: url,
    sentWith: (messageId) => enqueue(ctx.tx, fetchMedia, { orgId: desk.run.orgId, messageId, fileId: id, url }),
  };
}
