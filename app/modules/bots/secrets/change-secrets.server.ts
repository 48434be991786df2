import { and, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { authorise, parseChange, recordAudit } from "~/modules/accounts/index.server";
import { conflict, invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { lockSecret, secretView } from "./find-secret.server";
import { sealSecret } from "./read-secrets.server";
import { type Secret, type SecretFields, secretFields } from "./secret-fields";

const { orgSecret } = schema;
const MOST_SECRETS = 50;

/**
 * Keeps a value that HTTP nodes may send to these hosts as `{{org.secrets.<name>}}`. It is never told again. With an
 * `id` a repeat keeps no second one.
 * @throws AppError `not_found`, `forbidden`; 422 with the field where a value will not do; `secret_taken`,
 * `too_many_secrets` (409)
 */
export async function createSecret(
  ctx: Context<Actor>,
  orgId: string,
  given: SecretFields,
  id: string = newId(),
): Promise<Secret> {
  authorise(ctx.actor, orgId, "flows.write");
  const { name, value, hosts } = parseChange(secretFields, given);
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`secrets:${orgId}`}, 0))`);
  const there = await ctx.tx.select().from(orgSecret).where(eq(orgSecret.orgId, orgId));
  const made = there.find((one) => one.id === id);
  if (made) return secretView(made);
  if (there.some((one) => one.name === name)) throw conflict("secret_taken", { field: "name" });
  if (there.length >= MOST_SECRETS) throw conflict("too_many_secrets", { most: MOST_SECRETS });
  const row = { id, orgId, name, hosts, createdAt: ctx.now, updatedAt: ctx.now };
  const sealed = sealSecret(row, value);
  await ctx.tx.insert(orgSecret).values({ ...row, sealed });
  await recordAudit(ctx, { orgId, action: "secret.created", subject: { id, name }, after: { hosts } });
  return secretView({ ...row, sealed });
}

/**
 * Replaces a secret's value or its hosts. Another host needs the value again: else whoever may change secrets could have
 * one sent to where they read it.
 * @throws AppError `not_found`, `forbidden`; 422 with the field, `secret_value_needed`
 */
export async function changeSecret(
  ctx: Context<Actor>,
  input: { orgId: string; secretId: string; change: Partial<Omit<SecretFields, "name">> },
): Promise<Secret> {
  const row = await lockSecret(ctx, input.orgId, input.secretId);
  const { value, hosts = row.hosts } = parseChange(secretFields.omit({ name: true }).partial(), input.change);
  const added = hosts.some((host) => !row.hosts.includes(host));
  if (added && value === undefined) throw invalid("secret_value_needed", { field: "value" });
  const after = {
    ...{ hosts, updatedAt: ctx.now },
    sealed: value === undefined ? row.sealed : sealSecret(row, value),
  };
  await ctx.tx.update(orgSecret).set(after).where(eq(orgSecret.id, row.id));
  await recordAudit(ctx, {
    ...{ orgId: input.orgId, action: "secret.changed", subject: row },
    before: { hosts: row.hosts },
    after: { hosts, ...(value !== undefined && { replaced: true }) },
  });
  return secretView({ ...row, ...after });
}

/** Forgets a secret: HTTP nodes that name it leave by their `error` exit. @throws AppError `not_found`, `forbidden` */
export async function deleteSecret(ctx: Context<Actor>, orgId: string, secretId: string): Promise<void> {
  const row = await lockSecret(ctx, orgId, secretId);
  await ctx.tx.delete(orgSecret).where(and(eq(orgSecret.orgId, orgId), eq(orgSecret.id, row.id)));
  await recordAudit(ctx, { orgId, action: "secret.deleted", subject: row, before: { hosts: row.hosts } });
}
