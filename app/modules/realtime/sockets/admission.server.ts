import { addressKey } from "~/platform/limits/rate-limit.server";
import type { Principal } from "../doors";
import type { HubLimits } from "../limits";
import { fullBucket, take } from "./token-bucket";

const PENDING_HANDSHAKES = 2_000;

/** Who may come in: so many handshakes a second, so many sockets a principal, so many guests an address. */
export function createAdmission(limits: HubLimits, now: () => number) {
  const handshakes = fullBucket(limits.handshakeBurst, now());
  const counts = new Map<string, number>();
  let pending = 0;

  const keysOf = (principal: Principal, address: string): [string, number][] => {
    const own: [string, number] = [`p ${principal.key}`, limits.connectionsPerPrincipal];
    return principal.account.kind === "guest" ? [own, [`a ${addressKey(address)}`, limits.guestsPerAddress]] : [own];
  };
  return {
    /** Seconds after which to knock again, or 0; every 0 is to be paired with `answered`. */
    knock(): number {
      if (pending >= PENDING_HANDSHAKES) return 1;
      const seconds = take(handshakes, limits.handshakesPerSecond, limits.handshakeBurst, now());
      if (seconds === 0) pending++;
      return seconds;
    },
    answered(): void {
      pending--;
    },
    /** Takes a place; false when the principal or the address has as many as it may. The newest is the one refused. */
    enter(principal: Principal, address: string): boolean {
      const keys = keysOf(principal, address);
      if (keys.some(([key, most]) => (counts.get(key) ?? 0) >= most)) return false;
      for (const [key] of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
      return true;
    },
    leave(principal: Principal, address: string): void {
      for (const [key] of keysOf(principal, address)) {
        const left = (counts.get(key) ?? 0) - 1;
        if (left > 0) counts.set(key, left);
        else counts.delete(key);
      }
    },
  };
}

export type Admission = ReturnType<typeof createAdmission>;
