import { eq } from "drizzle-orm";
import type { Language } from "~/i18n/languages";
import { type Actor, membershipIn } from "~/modules/accounts";
import { authorise, botTrialCharges, parseChange, recordAudit, throttle } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { AiResult } from "../nodes/ai_answer/ai-answer-node";
import { askModel, sealKey } from "./ask-model.server";
import { type AiEndpointRow, readMonth } from "./count-use.server";
import { type AiEndpoint, type EndpointFields, endpointFields } from "./endpoint-fields";

const { aiEndpoint } = schema;

const shown = ({ orgId: _, sealedKey, updatedAt: __, ...row }: AiEndpointRow) => ({
  ...row,
  hasKey: sealedKey !== null,
});

/** The organisation's language model; null before one was set. @throws AppError `not_found`, `forbidden` */
export async function getAiEndpoint(ctx: Context<Actor>, orgId: string): Promise<AiEndpoint | null> {
  authorise(ctx.actor, orgId, "flows.write");
  const [row] = await ctx.tx.select().from(aiEndpoint).where(eq(aiEndpoint.orgId, orgId));
  return row ? { ...shown(row), use: await readMonth(ctx.tx, orgId, ctx.now.toISOString().slice(0, 10)) } : null;
}

/**
 * Sets the organisation's language model. A key that is not given stays, unless the address leads to another server: a
 * key is for the server that it was given for.
 * @throws AppError `not_found`, `forbidden`; 422 with the field where a value will not do, `ai_key_needed`
 */
export async function setAiEndpoint(ctx: Context<Actor>, orgId: string, given: EndpointFields): Promise<void> {
  authorise(ctx.actor, orgId, "flows.write");
  const { key, ...fields } = parseChange(endpointFields, given);
  const [before] = await ctx.tx.select().from(aiEndpoint).where(eq(aiEndpoint.orgId, orgId)).for("update");
  const moved = before !== undefined && new URL(before.baseUrl).origin !== new URL(fields.baseUrl).origin;
  if (moved && before.sealedKey && key === undefined) throw invalid("ai_key_needed", { field: "key" });
  const kept = before?.sealedKey ?? null;
  const sealedKey = key === undefined ? kept : key === null ? null : sealKey(orgId, key);
  const row = { ...fields, sealedKey, updatedAt: ctx.now };
  const target = aiEndpoint.orgId;
  await ctx.tx
    .insert(aiEndpoint)
    .values({ orgId, ...row })
    .onConflictDoUpdate({ target, set: row });
  await recordAudit(ctx, {
    ...{ orgId, action: "ai.changed", subject: { id: null, name: fields.model } },
    ...(before && { before: shown(before) }),
    after: { ...shown({ orgId, ...row }), ...(key && { keyReplaced: true }) },
  });
}

/** Asks the model as an AI node does; it counts like any question. @throws AppError `forbidden`, `too_many_requests` */
export async function tryAi(
  actor: Actor,
  orgId: string,
  asked: { text: string; language: Language },
): Promise<AiResult> {
  authorise(actor, orgId, "flows.write");
  await throttle(botTrialCharges(membershipIn(actor, orgId)?.memberId ?? orgId));
  return askModel({ orgId, ...asked });
}
