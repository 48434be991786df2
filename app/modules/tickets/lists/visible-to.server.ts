import { eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Membership } from "~/modules/accounts";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { seesArea } from "../policy";

const { ticket, ticketReader } = schema;

export type Sight = {
  memberId: string;
  /** The areas whose tickets the member sees, whoever has them. */
  areaIds: readonly string[];
  /** They are all that there are. */
  wholeOrganisation: boolean;
};

/** What R10 lets a member see, by the same function that judges one ticket. */
export async function sightOfMember(tx: Tx, membership: Membership): Promise<Sight> {
  const { area } = schema;
  const areas = await tx
    .select({ id: area.id, visibility: area.visibility, replyMode: area.replyMode })
    .from(area)
    .where(eq(area.orgId, membership.orgId));
  const areaIds = areas.filter((one) => seesArea(membership, one)).map(({ id }) => id);
  return { memberId: membership.memberId, areaIds, wholeOrganisation: areaIds.length === areas.length };
}

/** SQL: tickets of the areas that are seen. */
export const inSeenArea = ({ areaIds }: Sight): SQL =>
  areaIds.length ? inArray(ticket.areaId, [...areaIds]) : sql`false`;

/** SQL: tickets into which a colleague called the member (R16). */
export const calledInto = ({ memberId }: Sight): SQL =>
  sql`exists (select from ${ticketReader} where ${ticketReader.ticketId} = ${ticket.id} and ${ticketReader.memberId} = ${memberId})`;

/** SQL: tickets within a sight: of its areas, the member's own, and what they were called into. */
export function visibleIn(sight: Sight): SQL {
  if (sight.wholeOrganisation) return sql`true`;
  return or(inSeenArea(sight), eq(ticket.assigneeId, sight.memberId), calledInto(sight)) ?? sql`false`;
}

/** SQL: what `readsFrom` says, of a message's number in a conversation whose newest ticket this is. */
export const isReadFrom = (membership: Membership, seq: SQL): SQL =>
  membership.role === "admin" ? sql`true` : sql`${seq} >= coalesce(${ticket.historyFromSeq}, 0)`;

/** SQL: tickets that a member sees. */
export const visibleTo = async (tx: Tx, membership: Membership): Promise<SQL> =>
  visibleIn(await sightOfMember(tx, membership));
