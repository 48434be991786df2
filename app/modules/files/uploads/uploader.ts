import type { Actor } from "~/modules/accounts";
import type { Scope } from "~/platform/db.server";

/** What a file is brought for. */
export type UploadTarget = { conversationId: string } | { flowId: string };

/** Whoever brings a file, in the scope of what it is for. */
export type Uploader = { actor: Actor; scope: Scope; target: UploadTarget };

type Owner = { accountId: string | null; guestId: string | null };

/** Whose an upload or a file of this actor's is. */
export const ownerOf = (actor: Actor): Owner => ({
  accountId: actor.kind === "account" ? actor.accountId : null,
  guestId: actor.kind === "guest" ? actor.guestId : null,
});

export function isOwner(actor: Actor, row: Owner): boolean {
  if (actor.kind === "guest") return row.guestId === actor.guestId;
  return actor.kind === "account" && row.accountId === actor.accountId;
}

/** What an upload or a file is for; null for what has lost it. */
export function targetOf(row: { conversationId: string | null; flowId: string | null }): UploadTarget | null {
  if (row.conversationId !== null) return { conversationId: row.conversationId };
  return row.flowId === null ? null : { flowId: row.flowId };
}

/** Of those that a request proves, who has to do with bots: an account. */
export const accountAmong = (actors: readonly Actor[]): Actor | undefined =>
  actors.find((one) => one.kind === "account");

/** Of those that a request proves, who speaks in a conversation: its guest before the account, as where messages are sent. */
export const actorFor = (actors: readonly Actor[], conversationId: string): Actor | undefined =>
  actors.find((one) => one.kind === "guest" && one.conversationId === conversationId) ??
  actors.find((one) => one.kind === "account");
