import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob } from "~/platform/jobs/index.server";
import { transactAsSystem } from "~/platform/transact.server";
import { SYSTEM } from "../actor";
import { rightsDoubted } from "../events";

const payload = z.union([z.object({ orgId: z.uuid() }), z.object({ accountId: z.uuid() })]);

/**
 * Has the rights of open sockets read anew: of all that are members or customers of an organisation, or of one account.
 * A job, since who takes a right away may be a command in a process that no socket hears.
 */
export const tellRights = defineJob({
  name: "accounts.tell-rights",
  lane: "inbound",
  payload,
  run: (given) =>
    transactAsSystem(SYSTEM, "whose rights to read anew", async (ctx) => {
      if ("accountId" in given) return ctx.emit(rightsDoubted, { orgId: null, accountIds: [given.accountId] });
      const { rows } = await ctx.tx.execute<{ id: string }>(sql`
        select account_id as id from member where org_id = ${given.orgId}
        union select account_id from identity where org_id = ${given.orgId} and account_id is not null`);
      ctx.emit(rightsDoubted, { orgId: given.orgId, accountIds: rows.map((row) => row.id) });
    }),
});
