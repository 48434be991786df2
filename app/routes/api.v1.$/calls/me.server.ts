import { membershipIn } from "~/modules/accounts";
import { unauthorized } from "~/platform/errors";
import { endpoint } from "../endpoint";
import { me as shape } from "../shapes/me";

export const me = [
  endpoint({
    method: "GET",
    path: "/me",
    name: "getMe",
    summary: "Who the token acts as, and what it may do.",
    access: "guest",
    answer: shape,
    handle: async ({ actor, orgId }) => {
      if (actor.kind === "guest") {
        const { contactId, conversationId, name } = actor;
        return { data: { kind: "guest" as const, id: contactId, name, conversation_id: conversationId } };
      }
      const membership = membershipIn(actor, orgId);
      if (actor.kind !== "account" || !membership) throw unauthorized();
      return {
        data: {
          kind: "account" as const,
          id: actor.accountId,
          name: actor.name,
          email: actor.email,
          organisation_id: orgId,
          member_id: membership.memberId,
          role: membership.role,
          area_ids: [...membership.areaIds],
          scopes: [...(actor.token?.scopes ?? [])],
        },
      };
    },
  }),
];
