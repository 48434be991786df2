/** What a caller had on screen: another place of the ticket is refused, and a reply over what was not seen (R15). */
export type SeenTicket = {
  place?: string;
  basedOnSeq?: number;
  /** A key of the call: done again under it, nothing is said a second time. */
  onceId?: string;
};
