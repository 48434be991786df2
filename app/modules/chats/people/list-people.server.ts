import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { asSystem, type Tx } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { ParticipantRole } from "~db/schema/messaging";
import { groupRights, mayEnter, mayPutOut } from "../policy";

const { account, conversation, participant } = schema;

export type ChatPerson = {
  id: string;
  name: string;
  role: ParticipantRole;
  /** What the reader may do with this one. */
  can: { remove: boolean; promote: boolean };
};

export type PeoplePage = { people: ChatPerson[]; nextCursor: string | null };
type Asked = { cursor?: string; limit?: number; q?: string };

/** The owner, admins, all others; of each the earliest first. */
const rank = sql<number>`case ${participant.role} when 'owner' then 0 when 'admin' then 1 else 2 end`;
const CURSOR = /^([012])_(\d{1,16})_([0-9a-f-]{36})$/;

function after(cursor: string | undefined): SQL | undefined {
  if (!cursor) return undefined;
  const [, place, at, id] = CURSOR.exec(cursor) ?? [];
  if (!id || !isUuid(id)) throw invalid("cursor_invalid");
  const joined = sql`to_timestamp(${Number(at) / 1000}::double precision)`;
  return sql`(${rank}, ${participant.joinedAt}, ${participant.accountId}) > (${Number(place)}::int, ${joined}, ${id}::uuid)`;
}

const like = (q: string) =>
  `%${q
    .replaceAll("\u0000", "")
    .toWellFormed()
    .trim()
    .replace(/[\\%_]/g, "\\$&")}%`;

/** A page of who takes part in a chat, as one of them in this role sees it. Two queries however many they are. */
export async function readPeople(
  tx: Tx,
  reader: { accountId: string; role: ParticipantRole; group: boolean },
  conversationId: string,
  { cursor, limit = 100, q = "" }: Asked,
): Promise<PeoplePage> {
  const rows = await tx
    .select({ id: account.id, name: account.name, role: participant.role, rank, joinedAt: participant.joinedAt })
    .from(participant)
    .innerJoin(account, eq(account.id, participant.accountId))
    .where(
      and(
        eq(participant.conversationId, conversationId),
        reader.group ? isNull(participant.leftAt) : undefined,
        q.trim() === "" ? undefined : sql`search_fold(${account.name}) like search_fold(${like(q)})`,
        after(cursor),
      ),
    )
    .orderBy(asc(rank), asc(participant.joinedAt), asc(participant.accountId))
    .limit(limit + 1);
  const { promote } = groupRights(reader.role);
  const kept = rows.slice(0, limit);
  const last = rows.length > limit ? kept.at(-1) : undefined;
  return {
    people: kept.map(({ id, name, role }) => ({
      ...{ id, name, role },
      can: {
        remove: reader.group && mayPutOut(reader.role, role),
        promote: reader.group && promote && id !== reader.accountId,
      },
    })),
    nextCursor: last ? `${last.rank}_${last.joinedAt.getTime()}_${last.id}` : null,
  };
}

/**
 * Who takes part in a group, a hundred a page unless asked otherwise; `q` is a part of their name, without regard to case and
 * accents.
 * @throws AppError 404 for who does not, `cursor_invalid` (422)
 */
export async function listPeople(actor: AccountActor, conversationId: string, asked: Asked = {}): Promise<PeoplePage> {
  if (!isUuid(conversationId)) throw notFound("conversation");
  return asSystem("who takes part in a group", async (tx) => {
    const mine = and(eq(participant.accountId, actor.accountId), isNull(participant.leftAt));
    const [found] = await tx
      .select({ kind: conversation.kind, orgId: conversation.orgId, role: participant.role })
      .from(conversation)
      .innerJoin(participant, eq(participant.conversationId, conversation.id))
      .where(and(eq(conversation.id, conversationId), mine));
    if (!found || found.kind === "customer" || !mayEnter(actor, found)) throw notFound("conversation");
    const reader = { accountId: actor.accountId, role: found.role, group: found.kind !== "direct" };
    return readPeople(tx, reader, conversationId, asked);
  });
}
