import type { AccountActor } from "~/modules/accounts";
import { listConversationFiles, listConversationLinks } from "~/modules/tickets/index.server";

const PAGE = 48;

/** One page of what a tab shows. @throws AppError those of the lists */
export async function loadPage(actor: AccountActor, id: string, shown: string | null, cursor?: string) {
  if (shown === "links") {
    const { messages, nextCursor } = await listConversationLinks(actor, id, { cursor, limit: PAGE });
    return { show: "links" as const, messages, files: [], nextCursor };
  }
  const show = shown === "files" ? ("files" as const) : ("media" as const);
  const { files, nextCursor } = await listConversationFiles(actor, id, { kind: show, cursor, limit: PAGE });
  return { show, files, messages: [], nextCursor };
}

export type GalleryPage = Awaited<ReturnType<typeof loadPage>>;
