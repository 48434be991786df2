import { brokenConstraint } from "~/platform/db.server";
import { conflict } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";

/** Runs a write in a savepoint; a name that another living area has becomes `area_name_taken` (409). */
export async function refusingTakenName(ctx: Context, write: (tx: Context["tx"]) => Promise<unknown>): Promise<void> {
  try {
    await ctx.tx.transaction(write);
  } catch (error) {
    if (brokenConstraint(error) === "area_org_name_key") throw conflict("area_name_taken");
    throw error;
  }
}
