/** The names by which the server publishes; readers only know `conversation:<id>` and `organisation:<id>:tickets`. */
export const topics = {
  /** All that staff may see of a conversation, notes included. */
  conversationStaff: (conversationId: string) => `c:${conversationId}:s`,
  /** What the customer, or a participant who is not staff, may see. */
  conversationPublic: (conversationId: string) => `c:${conversationId}:p`,
  /** Nothing is said here: who holds it holds a direct chat that is closed, and is told, and tells, of no typing. */
  conversationClosed: (conversationId: string) => `c:${conversationId}:x`,
  /** Whether an account is there, for those who may know. */
  online: (accountId: string) => `on:${accountId}`,
  /** Tickets of one area. */
  area: (orgId: string, areaId: string) => `o:${orgId}:a:${areaId}`,
  /** Tickets assigned to one member. */
  member: (orgId: string, memberId: string) => `o:${orgId}:m:${memberId}`,
  /** What concerns one account on all its devices. */
  account: (accountId: string) => `u:${accountId}`,
} as const;

/** The name by which readers ask for a conversation. */
export const conversationName = (conversationId: string) => `conversation:${conversationId}`;
/** The name by which readers ask for an organisation's tickets. */
export const ticketsName = (orgId: string) => `organisation:${orgId}:tickets`;
