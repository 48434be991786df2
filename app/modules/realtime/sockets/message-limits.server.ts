import { type RateLimiter, sharedAddressKeys } from "~/platform/limits/rate-limit.server";
import type { HubLimits } from "../limits";
import type { HubSocket } from "./hub-socket.server";
import { createMessageAllowance } from "./message-allowance";

type Sender = Pick<HubSocket, "principal" | "address">;

/**
 * What a message counts against: its sender, and of a guest's, whom nothing but an open door let in, the address and the
 * organisation too. Many guests may share an address, so that theirs is wide.
 */
export function createMessageLimits(limits: HubLimits, now: () => number, shared?: RateLimiter) {
  const ofSender = createMessageAllowance("hub-message", limits.messagesPerMinute, now, shared);
  const ofAddress = createMessageAllowance("hub-guest-address", limits.guestMessagesPerAddress, now, shared);
  const ofOrganisation = createMessageAllowance("hub-guest-org", limits.guestMessagesPerOrganisation, now, shared);
  const all = [ofSender, ofAddress, ofOrganisation];

  const chargesOf = ({ principal: { actor, key }, address }: Sender) => {
    const charges: [allowance: typeof ofSender, key: string][] = [[ofSender, key]];
    if (actor.kind !== "guest") return charges;
    for (const shared of sharedAddressKeys(address)) charges.push([ofAddress, shared]);
    charges.push([ofOrganisation, actor.orgId]);
    return charges;
  };
  return {
    /** Counts one where all allow it, and none where one does not. Returns 0, or how many seconds to wait. */
    take(sender: Sender): number {
      const charges = chargesOf(sender);
      const seconds = Math.max(...charges.map(([allowance, key]) => allowance.wait(key)));
      if (seconds === 0) for (const [allowance, key] of charges) allowance.count(key);
      return seconds;
    },
    tidy(): void {
      for (const allowance of all) allowance.tidy();
    },
  };
}
