export {
  createGuestSession,
  guestCookie,
  guestOfCookie,
  guestOfToken,
  guestTokens,
  isGuestToken,
  livingGuests,
} from "./guest-session.server";
export {
  addAddresses,
  type ContactRow,
  findByAddress,
  type IdentityRow,
  type Person,
  type Resolved,
  resolveIdentity,
} from "./resolve-identity.server";
