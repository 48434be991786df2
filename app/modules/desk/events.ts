import { z } from "zod";
import { ticketsName, topics } from "~/modules/messaging";
import { type Delivery, defineEvent } from "~/platform/events";

/** The saved filters that these members see are others than they were; which, each asks by themselves. */
export const viewsChanged = defineEvent({
  name: "views.changed",
  schema: z.object({ orgId: z.uuid(), memberIds: z.array(z.uuid()) }),
  deliver: ({ orgId, memberIds }): Delivery[] =>
    memberIds.map((memberId) => ({
      topic: topics.member(orgId, memberId),
      as: ticketsName(orgId),
      event: "views.changed",
      data: {},
    })),
});
