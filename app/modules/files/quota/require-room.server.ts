import type { Tx } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { readFileUse } from "./file-use.server";

/**
 * That an organisation's files fit its quota, asked after what is new was written and before it is committed. What was
 * written holds the organisation's count until then, so that no two pass together.
 * @param added how many of the bytes are new, so that the refusal tells what is there without them
 * @param tells whether the refusal may say the figures
 * @throws AppError `file_quota_exceeded` (413), with `{ used, allowed }` in bytes for whom they are
 */
export async function requireRoom(tx: Tx, orgId: string | null | undefined, added: number, tells: boolean) {
  if (!orgId) return;
  const { quota, used } = await readFileUse(tx, orgId);
  if (quota === null || used <= quota) return;
  const data = tells ? { used: used - added, allowed: quota } : undefined;
  throw new AppError("file_quota_exceeded", 413, { data });
}
