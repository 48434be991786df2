/** In characters as people count them. */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 256;
