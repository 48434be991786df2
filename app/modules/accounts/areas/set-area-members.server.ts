import { and, eq, inArray, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordChange } from "../audit/record-change.server";
import { memberChanged } from "../events";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { lockArea } from "./update-area.server";

const { account, areaMember, member } = schema;

type Person = { id: string; accountId: string; name: string };

const present = (ctx: Context, orgId: string): Promise<Person[]> =>
  ctx.tx
    .select({ id: member.id, accountId: member.accountId, name: account.name })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(member.orgId, orgId), isNull(member.removedAt)))
    .orderBy(member.id);

const namesOf = (people: readonly Person[], ids: ReadonlySet<string>) =>
  people.filter(({ id }) => ids.has(id)).map(({ name }) => name);

/**
 * Makes exactly these members the area's. Who enters or leaves is told, so that their screens show what they may see.
 * @throws AppError `not_found` (the area, a member), `forbidden`
 */
export async function setAreaMembers(
  ctx: Context<Actor>,
  input: { orgId: string; areaId: string; memberIds: readonly string[] },
): Promise<void> {
  const { orgId, areaId } = input;
  await lockAndAuthorise(ctx, orgId, "areas.write");
  const area = await lockArea(ctx, orgId, areaId);
  const people = await present(ctx, orgId);
  const wanted = new Set(input.memberIds);
  if ([...wanted].some((id) => !people.some((one) => one.id === id))) throw notFound("member");
  const rows = await ctx.tx.select({ id: areaMember.memberId }).from(areaMember).where(eq(areaMember.areaId, areaId));
  const before = new Set(rows.map(({ id }) => id));
  const [enter, leave] = [[...wanted].filter((id) => !before.has(id)), [...before].filter((id) => !wanted.has(id))];
  if (leave.length > 0)
    await ctx.tx.delete(areaMember).where(and(eq(areaMember.areaId, areaId), inArray(areaMember.memberId, leave)));
  if (enter.length > 0) await ctx.tx.insert(areaMember).values(enter.map((memberId) => ({ orgId, areaId, memberId })));
  await recordChange(ctx, {
    orgId,
    action: "area.members_changed",
    subject: area,
    before: { members: namesOf(people, before) },
    after: { members: namesOf(people, wanted) },
  });
  for (const one of people.filter(({ id }) => enter.includes(id) || leave.includes(id)))
    ctx.emit(memberChanged, { orgId, memberId: one.id, accountId: one.accountId, change: "areas" });
}
