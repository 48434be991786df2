import { eq, sql } from "drizzle-orm";
import { inScope } from "~/platform/db.server";
import { schema } from "~db/index.server";

export type AiEndpointRow = typeof schema.aiEndpoint.$inferSelect;

const MILLION = 1_000_000;

/** In millionths of the organisation's currency, rounded up. */
export const costOf = (endpoint: Pick<AiEndpointRow, "priceIn" | "priceOut">, tokensIn: number, tokensOut: number) =>
  Math.ceil((tokensIn * endpoint.priceIn + tokensOut * endpoint.priceOut) / MILLION);

export type Reserved = { ok: true; day: string; cost: number } | { ok: false; error: "month_questions" | "month_cost" };

/**
 * Counts a question before it is asked, with the most that it can cost: many at once do not slip through together, and a
 * process that dies has counted too much rather than too little. A cost limit of 0 is none.
 */
export const reserveUse = (endpoint: AiEndpointRow, mostIn: number): Promise<Reserved> =>
  inScope({ orgId: endpoint.orgId }, async (tx, now) => {
    const { aiEndpoint, aiUse } = schema;
    const { orgId, monthCost, monthQuestions } = endpoint;
    await tx.select({ orgId: aiEndpoint.orgId }).from(aiEndpoint).where(eq(aiEndpoint.orgId, orgId)).for("update");
    const day = now.toISOString().slice(0, 10);
    const used = await readMonth(tx, orgId, day);
    const cost = costOf(endpoint, mostIn, endpoint.mostTokens);
    if (used.questions >= monthQuestions) return { ok: false, error: "month_questions" };
    if (monthCost > 0 && used.cost + cost > monthCost) return { ok: false, error: "month_cost" };
    await tx
      .insert(aiUse)
      .values({ orgId, day, questions: 1, cost })
      .onConflictDoUpdate({
        target: [aiUse.orgId, aiUse.day],
        set: { questions: sql`${aiUse.questions} + 1`, cost: sql`${aiUse.cost} + ${cost}` },
      });
    return { ok: true, day, cost };
  });

/** Puts what was really used in place of what was reserved. */
export const settleUse = (
  endpoint: AiEndpointRow,
  reserved: Extract<Reserved, { ok: true }>,
  used: { tokensIn: number; tokensOut: number },
): Promise<unknown> =>
  inScope({ orgId: endpoint.orgId }, (tx) => {
    const { aiUse } = schema;
    const { tokensIn, tokensOut } = used;
    const over = costOf(endpoint, tokensIn, tokensOut) - reserved.cost;
    return tx
      .update(aiUse)
      .set({
        tokensIn: sql`${aiUse.tokensIn} + ${tokensIn}`,
        tokensOut: sql`${aiUse.tokensOut} + ${tokensOut}`,
        cost: sql`${aiUse.cost} + ${over}`,
      })
      .where(sql`${aiUse.orgId} = ${endpoint.orgId} and ${aiUse.day} = ${reserved.day}`);
  });

type Tx = Parameters<Parameters<typeof inScope>[1]>[0];

/** Questions and cost of the calendar month (UTC) of a day. */
export async function readMonth(tx: Tx, orgId: string, day: string): Promise<{ questions: number; cost: number }> {
  const { rows } = await tx.execute<{ questions: number; cost: number }>(sql`
    select coalesce(sum(questions), 0)::int as questions, coalesce(sum(cost), 0)::float8 as cost from ai_use
    where org_id = ${orgId} and day >= date_trunc('month', ${day}::date)
      and day < date_trunc('month', ${day}::date) + interval '1 month'`);
  return rows[0] ?? { questions: 0, cost: 0 };
}
