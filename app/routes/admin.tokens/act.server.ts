import { z } from "zod";
import { type AccountActor, membershipIn, TOKEN_SCOPES } from "~/modules/accounts";
import { createToken, fields, readForm, revokeToken, runAs } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";

const forms = {
  create: z.object({
    name: fields.tokenName,
    scopes: z.array(z.enum([...TOKEN_SCOPES, "*"], "scopes_malformed")).min(1, "scopes_missing"),
  }),
  revoke: z.object({ tokenId: fields.id }),
};

/** Does what a form of the page asks for. A new token's secret is in the answer and nowhere else. @throws AppError */
export async function act(
  actor: AccountActor,
  orgId: string,
  form: FormData,
): Promise<{ name: string; token: string } | null> {
  const run = runAs(actor, orgId);
  const intent = form.get("intent");
  if (intent === "create") {
    const { name, scopes } = readForm(forms.create, form, ["scopes"]);
    const memberId = membershipIn(actor, orgId)?.memberId ?? "";
    const { token } = await run((ctx) => createToken(ctx, { orgId, memberId, name, scopes }));
    return { name, token };
  }
  if (intent === "revoke") {
    const { tokenId } = readForm(forms.revoke, form);
    await run((ctx) => revokeToken(ctx, { orgId, tokenId }));
    return null;
  }
  throw invalid("invalid");
}
