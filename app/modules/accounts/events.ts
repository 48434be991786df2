import { z } from "zod";
import { type Delivery, defineEvent } from "~/platform/events";

/** The server's topic that every socket of an account hears. */
const accountTopic = (accountId: string) => `u:${accountId}`;

const toAccount = (accountId: string, event: string, data: unknown): Delivery[] => [
  { topic: accountTopic(accountId), as: `account:${accountId}`, event, data },
];

/**
 * What a member is or may see changed: their sockets ask anew for what they had joined. `area` is a change of an area
 * (visibility, reply mode) that may show or hide tickets for them.
 */
export const memberChanged = defineEvent({
  name: "member.changed",
  schema: z.object({
    orgId: z.uuid(),
    memberId: z.uuid(),
    accountId: z.uuid(),
    change: z.enum(["joined", "role", "areas", "availability", "removed", "area", "suspended", "resumed"]),
  }),
  deliver: ({ orgId, memberId, accountId, change }) =>
    toAccount(accountId, "member.changed", { organisation: orgId, member: memberId, change }),
});

/** The server's topic that every guest's socket of an organisation hears. */
export const guestsTopic = (orgId: string) => `o:${orgId}:g`;

/** Says nothing to clients: the hub asks anew who may still hear what. `orgId`: its guests too. */
export const rightsDoubted = defineEvent({
  name: "rights.doubted",
  schema: z.object({ orgId: z.uuid().nullable(), accountIds: z.array(z.uuid()) }),
  deliver: ({ orgId, accountIds }) =>
    [...accountIds.map(accountTopic), ...(orgId ? [guestsTopic(orgId)] : [])].map((topic) => ({
      topic,
      as: topic,
      event: "rights.changed",
      data: {},
    })),
});

/** A session of an account ended, or, with `sessionId` null, all of them but `keep`. Their sockets are closed. */
export const sessionEnded = defineEvent({
  name: "session.ended",
  schema: z.object({ accountId: z.uuid(), sessionId: z.uuid().nullable(), keep: z.uuid().nullable() }),
  deliver: ({ accountId, sessionId, keep }) => toAccount(accountId, "session.ended", { session: sessionId, keep }),
});

/** An API token was revoked; sockets that came with it are closed. */
export const tokenRevoked = defineEvent({
  name: "token.revoked",
  schema: z.object({ accountId: z.uuid(), orgId: z.uuid(), tokenId: z.uuid() }),
  deliver: ({ accountId, tokenId }) => toAccount(accountId, "token.revoked", { token: tokenId }),
});
