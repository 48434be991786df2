import { eq, sql } from "drizzle-orm";
import { asSystem, brokenConstraint } from "~/platform/db.server";
import { conflict, invalid } from "~/platform/errors";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { AccountActor } from "../actor";
import { handleProblem } from "../organisations/handle";

/** How others come upon an account: by its handle and address, or only where they know each other. */
export type Reachability = { handle: string | null; findable: boolean };

export async function getReachability(actor: AccountActor): Promise<Reachability> {
  const { account } = schema;
  const [row] = await asSystem("how an account is found", (tx) =>
    tx
      .select({ handle: account.handle, findable: account.findable })
      .from(account)
      .where(eq(account.id, actor.accountId)),
  );
  return row ?? { handle: null, findable: false };
}

/**
 * Sets it. A handle is somebody's alone, be it a person or an organisation.
 * @throws AppError `handle_malformed`, `handle_reserved` (422), `handle_taken` (409)
 */
export async function setReachability(actor: AccountActor, { handle: given, findable }: Reachability): Promise<void> {
  const handle = given?.trim().replace(/^@/, "").toLowerCase() || null;
  const problem = handle && handleProblem(handle);
  if (problem) throw invalid(problem);
  const { account, organisation } = schema;
  return transactAsSystem(actor, "set how an account is found", async ({ tx, now }) => {
    if (handle) {
      const [org] = await tx
        .select({ id: organisation.id })
        .from(organisation)
        .where(eq(sql`lower(${organisation.handle})`, handle));
      if (org) throw conflict("handle_taken");
    }
    try {
      await tx.update(account).set({ handle, findable, updatedAt: now }).where(eq(account.id, actor.accountId));
    } catch (error) {
      if (brokenConstraint(error) === "account_handle_key") throw conflict("handle_taken");
      throw error;
    }
  });
}
