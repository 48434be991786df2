/** The largest number of a message or a change that the database counts to (`integer`); a larger one is nobody's. */
export const LARGEST_NUMBER = 2_147_483_647;
