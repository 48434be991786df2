import { forbidden, invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Actor, membershipIn } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { hashSecret, newSecret } from "../identity/secret.server";
import { lockMember } from "../members/find-member.server";
import { authorise } from "../policy";

type CreateTokenInput = {
  orgId: string;
  /** The member as whom the token acts. */
  memberId: string;
  name: string;
  /** Names such as `members:read`, or `*`. */
  scopes: readonly string[];
};

const SCOPE = /^(?:\*|[a-z][a-z0-9_.-]{0,39}(?::[a-z][a-z0-9_.-]{0,39})?)$/;

/** A token is its member's: nobody makes one that acts as somebody else, but who runs the installation. */
function authoriseFor(actor: Actor, orgId: string, memberId: string): void {
  if (actor.kind === "system") return;
  authorise(actor, orgId, "tokens.write");
  const isToken = actor.kind === "account" && actor.token !== null;
  if (isToken || membershipIn(actor, orgId)?.memberId !== memberId) throw forbidden();
}

/**
 * A key for programs. The raw token is told here and never again.
 * @throws AppError `not_found`, `forbidden`, `scopes_malformed` (422)
 */
export async function createToken(
  ctx: Context<Actor>,
  input: CreateTokenInput,
): Promise<{ id: string; token: string }> {
  const { orgId, memberId, name } = input;
  authoriseFor(ctx.actor, orgId, memberId);
  const scopes = [...new Set(input.scopes.map((scope) => scope.trim()))].filter((scope) => scope !== "");
  if (scopes.length === 0 || scopes.length > 50 || !scopes.every((scope) => SCOPE.test(scope)))
    throw invalid("scopes_malformed");
  await lockMember(ctx, orgId, memberId);
  const id = newId();
  const token = `gza_${newSecret()}`;
  await ctx.tx
    .insert(schema.apiToken)
    .values({ id, orgId, memberId, name, scopes, tokenHash: hashSecret(token), createdAt: ctx.now });
  await recordAudit(ctx, {
    orgId,
    action: "token.created",
    subject: { id, name },
    after: { scopes, member_id: memberId },
  });
  return { id, token };
}
