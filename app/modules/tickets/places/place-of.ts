/**
 * Where a ticket is and with whom, as one word: what its buttons were pressed for. A message changes nothing in that, though
 * it changes the ticket's version.
 */
export const placeOf = (state: string, areaId: string, assigneeId?: string | null): string =>
  [state, areaId, assigneeId].join(" ");
