import { eq } from "drizzle-orm";
import { type Actor, membershipIn } from "~/modules/accounts";
import { authorise } from "~/modules/accounts/index.server";
import { fileDoors } from "~/modules/tickets/index.server";
import { asSystem, type Scope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";

/**
 * What a request for a file's bytes, in or out, may do: in conversations as `fileDoors` of tickets says, and in bots who may
 * edit them.
 * @throws AppError 401 for nobody
 */
export const doorsOfFiles = async (request: Request, address: string) => ({
  ...(await fileDoors(request, address)),
  mayDraw,
});

/** @throws AppError `not_found` for a flow that is none of the actor's organisations, `forbidden` for who is no admin there */
async function mayDraw(actor: Actor, flowId: string): Promise<Scope> {
  const { flow } = schema;
  const [row] = isUuid(flowId)
    ? await asSystem("whose flow a file is for", (tx) =>
        tx.select({ orgId: flow.orgId }).from(flow).where(eq(flow.id, flowId)),
      )
    : [];
  if (!row || !membershipIn(actor, row.orgId)) throw notFound("flow");
  authorise(actor, row.orgId, "flows.write");
  return { orgId: row.orgId };
}
