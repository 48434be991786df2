import { endpoint } from "./endpoint";

export const me = [
  endpoint({
    method: "GET",
    path: "/me",
    access: "guest",
    handle: async ({ actor, orgId }) => {
      if (actor.kind === "guest") {
        const { contactId, conversationId, name } = actor;
        return { data: { kind: "guest", id: contactId, name, conversation_id: conversationId } };
      }
      if (actor.kind !== "account") return { data: null };
      const membership = actor.memberships.find((m) => m.orgId === orgId);
      return {
        data: {
          kind: "account",
          id: actor.accountId,
          name: actor.name,
          email: actor.email,
          organisation_id: orgId,
          member_id: membership?.memberId ?? null,
          role: membership?.role ?? null,
          area_ids: membership?.areaIds ?? [],
          scopes: actor.token?.scopes ?? [],
        },
      };
    },
  }),
];
