import { sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { membershipIn } from "~/modules/accounts";
import { lockConversation } from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { chatsChanged } from "./events";
import { blocks, knows } from "./find-account.server";
import { addNotice } from "./notice.server";

/** The most who take part in one group. */
export const GROUP_LIMIT = 1_000;
const TITLE_LIMIT = 80;

export type NewGroup = {
  /** Made elsewhere, so that a repeat makes no second one. */
  id?: string;
  title: string;
  /** Besides the one who makes it. */
  accountIds: readonly string[];
  /** An organisation's group holds its members only, and ends with it. */
  orgId?: string | null;
};

/** @throws AppError `title_empty`, `title_too_long` (422) */
export function cleanTitle(given: string): string {
  const title = given.replaceAll("\u0000", "").toWellFormed().trim();
  if (title === "") throw invalid("title_empty");
  if (title.length > TITLE_LIMIT) throw invalid("title_too_long", { limit: TITLE_LIMIT });
  return title;
}

/**
 * Makes a group, whose owner is who makes it. Only those may be put in whom the maker knows: colleagues, and who accepted a
 * direct chat; into an organisation's group its members.
 * @throws AppError 404 for an organisation that is not theirs, `people_unknown` (422) with the ids, `group_too_large`
 */
export async function createGroup(actor: AccountActor, group: NewGroup): Promise<string> {
  return transactAsSystem(actor, "make a group", (ctx) => insertGroup(ctx, actor, group));
}

/** The same within the caller's transaction, which runs as the system. */
export async function insertGroup(ctx: Context, actor: AccountActor, group: NewGroup): Promise<string> {
  const title = cleanTitle(group.title);
  const orgId = group.orgId ?? null;
  if (orgId !== null && !membershipIn(actor, orgId)) throw notFound("organisation");
  const others = [...new Set(group.accountIds)].filter((id) => id !== actor.accountId);
  if (others.length >= GROUP_LIMIT) throw invalid("group_too_large", { limit: GROUP_LIMIT });
  await requireKnown(ctx.tx, actor.accountId, others, orgId);
  const { conversation, participant } = schema;
  const id = group.id ?? newId();
  await ctx.tx
    .insert(conversation)
    .values({ id, orgId, kind: orgId === null ? "group" : "org_group", title, createdAt: ctx.now });
  const joined = { conversationId: id, orgId, joinedAt: ctx.now };
  await ctx.tx
    .insert(participant)
    .values([
      { ...joined, accountId: actor.accountId, role: "owner" },
      ...others.map((accountId) => ({ ...joined, accountId })),
    ]);
  const made = await lockConversation(ctx, id);
  const who = { accountId: actor.accountId, name: actor.name, handle: null };
  const me = { ...who, role: "owner", accepted: true, left: false } as const;
  if (made) await addNotice(ctx, { conversation: made, me }, "created");
  ctx.emit(chatsChanged, { conversationId: id, accountIds: [actor.accountId, ...others] });
  return id;
}

/** Nobody is put into a group by who may not write to them. @throws AppError `people_unknown` (422) with the ids */
export async function requireKnown(tx: Tx, accountId: string, others: readonly string[], orgId: string | null) {
  const malformed = others.filter((id) => !isUuid(id));
  if (malformed.length > 0) throw invalid("people_unknown", { account_ids: malformed });
  const { rows } = await tx.execute<{ id: string }>(
    sql`select o.id from unnest(${sql.param([...others])}::uuid[]) o(id)
        where not ${orgId === null ? knows(accountId, sql`o.id`) : isMemberOf(orgId)} or ${blocks(accountId, sql`o.id`)}`,
  );
  if (rows.length > 0) throw invalid("people_unknown", { account_ids: rows.map(({ id }) => id) });
}

/** SQL: the account `o.id` belongs to an organisation now. */
export const isMemberOf = (orgId: string) =>
  sql`exists (select from member m where m.org_id = ${orgId} and m.account_id = o.id and m.removed_at is null)`;
