import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Flow } from "../flow";
import type { Draft } from "./draft";
import type { FlowRow } from "./find-flow.server";

/** Keeps a new flow as a draft. The caller has checked that the actor is an admin. */
export async function createFlow(ctx: Context, input: { orgId: string; draft: Flow | Draft }): Promise<FlowRow> {
  const [row] = await ctx.tx
    .insert(schema.flow)
    .values({
      id: newId(),
      orgId: input.orgId,
      name: input.draft.name,
      draft: input.draft,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    })
    .returning();
  if (!row) throw new Error("insert returned nothing");
  return row;
}
