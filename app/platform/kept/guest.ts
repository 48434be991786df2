/** Whose: an account's id, or this for what belongs to this browser's public chats. */
export const GUEST = "guest";
