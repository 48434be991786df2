import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { lockAndAuthorise, recordAudit, runAs } from "~/modules/accounts/index.server";
import { AppError, invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { drawLogo } from "../content/picture.server";
import { requireRoom } from "../quota/require-room.server";
import { fileKey } from "../storage/file-storage";
import { fileStorage } from "../storage/index.server";
import { removeContent } from "../sweep-files.server";

const { file, organisation } = schema;

/** The largest picture that is read for a logo, in bytes. */
export const LOGO_BYTES = 4 * 1024 * 1024;

type Input = { orgId: string; picture: Buffer };

/**
 * Gives an organisation a logo: a picture that browsers show, drawn anew as a small PNG, so that nothing of the file that
 * came is kept but what is seen. The one before is let go of.
 * @throws AppError `not_found`, `forbidden`; `picture_unreadable` (422), `logo_too_large`, `file_quota_exceeded` (413)
 */
export async function setLogo(actor: AccountActor, { orgId, picture }: Input): Promise<void> {
  const run = runAs(actor, orgId);
  // Before anything is made of the picture, and again under the lock.
  await run((ctx) => lockAndAuthorise(ctx, orgId, "organisation.write"));
  if (picture.length > LOGO_BYTES) throw new AppError("logo_too_large", 413, { data: { allowed: LOGO_BYTES } });
  const drawn = await drawLogo(picture);
  if (!drawn) throw invalid("picture_unreadable", { field: "logo" });
  const { content, width, height } = drawn;
  const sha256 = createHash("sha256").update(content).digest("hex");
  const id = newId();
  await (await fileStorage()).put(fileKey({ id, sha256 }), content);
  await run(async (ctx) => {
    const known = { name: "logo.png", mime: "image/png", kind: "image", width, height } as const;
    const row = { id, orgId, accountId: actor.accountId, sha256, size: content.length, ...known, createdAt: ctx.now };
    await replace(ctx, orgId, row);
    await requireRoom(ctx.tx, orgId, content.length, true);
  });
}

/** Takes an organisation's logo away; where there is none nothing happens. @throws AppError `not_found`, `forbidden` */
export const removeLogo = (actor: AccountActor, orgId: string): Promise<void> =>
  runAs(actor, orgId)((ctx) => replace(ctx, orgId, null));

async function replace(ctx: Context<AccountActor>, orgId: string, row: typeof file.$inferInsert | null): Promise<void> {
  await lockAndAuthorise(ctx, orgId, "organisation.write");
  const mine = eq(organisation.id, orgId);
  const [before] = await ctx.tx
    .select({ logoId: organisation.logoId, name: organisation.name })
    .from(organisation)
    .where(mine);
  if (!before || (!before.logoId && !row)) return;
  if (row) await ctx.tx.insert(file).values(row);
  await ctx.tx
    .update(organisation)
    .set({ logoId: row?.id ?? null })
    .where(mine);
  if (before.logoId) {
    const [old] = await ctx.tx
      .delete(file)
      .where(eq(file.id, before.logoId))
      .returning({ id: file.id, sha256: file.sha256 });
    if (old) await enqueue(ctx.tx, removeContent, old);
  }
  const action = row ? "organisation.logo_changed" : "organisation.logo_removed";
  await recordAudit(ctx, { orgId, action, subject: { id: orgId, name: before.name } });
}
