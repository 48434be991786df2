import type { AccountActor } from "~/modules/accounts";
import { setAvailability } from "~/modules/accounts/index.server";
import { transact } from "~/platform/transact.server";
import type { World } from "../world";

/** A member says whether they are there, and what becomes of their tickets. */
export const goes = (
  world: World,
  actor: AccountActor,
  availability: "available" | "away",
  tickets?: "keep" | "return",
) =>
  transact(actor, { orgId: world.orgId }, (ctx) =>
    setAvailability(ctx, { orgId: world.orgId, memberId: world.memberId(actor), availability, tickets }),
  );
