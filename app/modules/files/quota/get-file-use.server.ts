import type { Actor } from "~/modules/accounts";
import { membershipIn } from "~/modules/accounts";
import { forbidden } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { type FileUse, readFileUse } from "./file-use.server";

/** How much room an organisation's files have and take. @throws AppError `forbidden` for who is no admin of it */
export async function getFileUse(ctx: Pick<Context<Actor>, "tx" | "actor">, orgId: string): Promise<FileUse> {
  if (ctx.actor.kind !== "system" && membershipIn(ctx.actor, orgId)?.role !== "admin") throw forbidden();
  return readFileUse(ctx.tx, orgId);
}
