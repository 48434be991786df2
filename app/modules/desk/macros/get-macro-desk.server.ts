import type { Actor } from "~/modules/accounts";
import { getOrganisation } from "~/modules/accounts/index.server";
import { listTags } from "~/modules/contacts/index.server";
import { listAreas, listAssignees } from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { listReplies } from "../replies/list-replies.server";
import { listMacros } from "./list-macros.server";
import type { MacroDesk } from "./macro";

/** The macros that a member may run, and of what their steps may speak. @throws AppError 404 for an organisation of others */
export async function getMacroDesk(actor: Actor, orgId: string): Promise<MacroDesk> {
  const [macros, areas, people, replies, more] = await Promise.all([
    listMacros(actor, orgId),
    listAreas(actor, orgId),
    listAssignees(actor, orgId),
    listReplies(actor, orgId),
    transact(actor, { orgId }, async (ctx) => ({
      organisation: await getOrganisation(ctx, orgId),
      tags: await listTags(ctx, orgId),
    })),
  ]);
  return {
    macros,
    areas: areas.map(named),
    members: people.map(named),
    tags: more.tags.map(({ name }) => name),
    reasons: more.organisation.closingReasons,
    replies: replies.map(({ id, title, text }) => ({ id, title, text })),
    organisation: more.organisation.name,
  };
}

const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
