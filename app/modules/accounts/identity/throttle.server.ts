import { AppError, tooMany } from "~/platform/errors";
import {
  addressKey,
  type Charge,
  type LimitRule,
  memoryRateLimiter,
  type RateLimiter,
  sharedAddressKeys,
  takeAll,
} from "~/platform/limits/rate-limit.server";
import type { GuestActor } from "../actor";

const rule = (name: string, burst: number, refillSeconds: number): LimitRule => ({ name, burst, refillSeconds });

/**
 * One person on one device is stopped early; the wider buckets stop many devices that try one account, and one device
 * that tries many accounts. The account's own bucket is wide and quick to refill, so that a stranger who empties it
 * keeps its owner out for half a minute and not for the day.
 */
const rules = {
  passwordPair: rule("password-pair", 8, 60),
  passwordAccount: rule("password-account", 30, 30),
  passwordAddress: rule("password-address", 50, 5),
  signUpAddress: rule("signup-address", 60, 20),
  resetAccount: rule("reset-account", 4, 600),
  resetAddress: rule("reset-address", 30, 60),
  linkAddress: rule("link-address", 50, 10),
  organisationAccount: rule("organisation-account", 10, 3_600),
  invitationMail: rule("invitation-mail", 50, 120),
  chatAddress: rule("chat-address", 60, 5),
  guestMessage: rule("guest-message", 100, 1),
  guestAddress: rule("guest-address", 600, 0.1),
  guestOrganisation: rule("guest-org", 60_000, 0.001),
  accountMessage: rule("account-message", 100, 1),
  accountSearch: rule("account-search", 30, 20),
  groupJoin: rule("group-join", 30, 20),
  report: rule("report", 20, 60),
  botTrial: rule("bot-trial", 20, 10),
  apiCall: rule("api-call", 1_000, 0.01),
};

let limiter: RateLimiter = memoryRateLimiter();

/** Takes another implementation, such as one that several processes share. */
export function adoptRateLimiter(other: RateLimiter): void {
  limiter = other;
}

/** Whoever tries a password of this account from this address. */
export const passwordCharges = (email: string, address: string): Charge[] => {
  const from = addressKey(address);
  return [
    [rules.passwordPair, `${email} ${from}`],
    [rules.passwordAccount, email],
    [rules.passwordAddress, from],
  ];
};
export const signUpCharges = (address: string): Charge[] => [[rules.signUpAddress, addressKey(address)]];
export const resetCharges = (email: string, address: string): Charge[] => [
  [rules.resetAccount, email],
  [rules.resetAddress, addressKey(address)],
];
/** Whoever shows the secret of a link. */
export const linkCharges = (address: string): Charge[] => [[rules.linkAddress, addressKey(address)]];
export const organisationCharges = (accountId: string): Charge[] => [[rules.organisationAccount, accountId]];
export const invitationMailCharges = (orgId: string): Charge[] => [[rules.invitationMail, orgId]];

/** Whoever opens a new public chat from this address. */
export const chatCharges = (address: string): Charge[] => [[rules.chatAddress, addressKey(address)]];
/** What a guest sends over HTTP; the hub counts its own frames, by the same measures. */
export const guestMessageCharges = (guest: Pick<GuestActor, "guestId" | "orgId">, address: string): Charge[] => [
  [rules.guestMessage, guest.guestId],
  ...sharedAddressKeys(address).map((key): Charge => [rules.guestAddress, key]),
  [rules.guestOrganisation, guest.orgId],
];
/** What an account sends by its pages, where no socket opens. */
export const accountMessageCharges = (accountId: string): Charge[] => [[rules.accountMessage, accountId]];

/** Looking for people by handle or address, which tells who has an account. */
export const accountSearchCharges = (accountId: string): Charge[] => [[rules.accountSearch, accountId]];

/** Coming into groups by their links, or asking to. */
export const groupJoinCharges = (accountId: string): Charge[] => [[rules.groupJoin, accountId]];

/** Telling whoever runs the installation of something wrong. */
export const reportCharges = (accountId: string): Charge[] => [[rules.report, accountId]];

/** Trying what a bot asks of other servers. */
export const botTrialCharges = (memberId: string): Charge[] => [[rules.botTrial, memberId]];

/** Each call of the API by one token: 1,000 at once, and 100 a second in the long run. */
export const apiCallCharges = (caller: string): Charge[] => [[rules.apiCall, caller]];

/** Counts every try. @throws AppError `too_many_requests` with the seconds to wait */
export async function throttle(charges: readonly Charge[]): Promise<void> {
  const answer = await takeAll(limiter, charges);
  if (!answer.allowed) throw tooMany(answer.retryAfterSeconds);
}

/** Counts so many messages of an account's, each by itself: more at once than its measure holds are refused in their midst. */
export async function throttleMessages(accountId: string, count: number): Promise<void> {
  for (let done = 0; done < count; done++) await throttle(accountMessageCharges(accountId));
}

/**
 * Counts the tries that end in one of these codes. They are charged before the work and given back after it, so that
 * many at once do not slip through together.
 * @throws AppError `too_many_requests` with the seconds to wait
 */
export async function throttleFailures<T>(
  charges: readonly Charge[],
  codes: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  await throttle(charges);
  const giveBack = () => Promise.all(charges.map(([charged, key]) => limiter.giveBack(charged, key)));
  try {
    const result = await work();
    await giveBack();
    return result;
  } catch (error) {
    if (!(error instanceof AppError && codes.includes(error.code))) await giveBack();
    throw error;
  }
}
