export { createGuestSession, guestOfToken, isGuestToken } from "./guest-session.server";
export {
  type Address,
  type ContactRow,
  type IdentityRow,
  type Person,
  type Resolved,
  resolveIdentity,
} from "./resolve-identity.server";
