import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireMember } from "~/modules/accounts/index.server";
import { MOST_TICKETS } from "~/modules/desk";
import { changeTickets, undoChanges } from "~/modules/desk/index.server";
import { invalid } from "~/platform/errors";

const tags = z.array(z.string().trim().min(1).max(60)).max(50).optional();

const patch = z.strictObject({
  state: z.enum(["open", "closed"]).optional(),
  reason: z.string().max(500).nullish(),
  areaId: z.uuid().optional(),
  assigneeId: z.uuid().nullish(),
  priority: z.enum(["low", "normal", "high", "urgent"]).optional(),
  addTags: tags,
  removeTags: tags,
  snoozedUntil: z.iso.datetime({ offset: true }).nullish(),
});

/** `org`: whose tickets they are, not those of the organisation that another window may have gone to meanwhile. */
const body = z.union([
  z.strictObject({ org: z.uuid(), ids: z.array(z.uuid()).min(1).max(MOST_TICKETS), patch }),
  z.strictObject({
    org: z.uuid(),
    undo: z
      .array(z.strictObject({ id: z.uuid(), version: z.int(), patch }))
      .min(1)
      .max(MOST_TICKETS),
  }),
]);

/** Changes many tickets alike, or takes such a change back. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor } = await requireMember(request);
  const asked = body.safeParse(await request.json().catch(() => null));
  if (!asked.success) throw invalid("invalid_request");
  const { org: orgId } = asked.data;
  const result =
    "undo" in asked.data
      ? await undoChanges(actor, orgId, asked.data.undo)
      : await changeTickets(actor, orgId, asked.data.ids, asked.data.patch);
  return Response.json(result);
}
