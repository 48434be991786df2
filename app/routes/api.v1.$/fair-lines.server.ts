import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { addressKey } from "~/platform/limits/rate-limit.server";
import { createFairShare } from "~/platform/waiting/fair-share";

/** Half of the connections to the database: what one token asks for at once beyond it waits in the token's own line. */
const OF_TOKEN = 10;
/**
 * What an organisation's tokens and customers together ask for at once. So many calls as there are cores keep them busy:
 * beside others, more of them would only lengthen everybody's wait (TG8).
 */
const OF_ORGANISATION = { alone: 10, beside: Math.min(10, Math.max(2, availableParallelism())) };
const MOST_KNOWN = 20_000;

const inTokenShare = createFairShare(OF_TOKEN);
const inOrganisationShare = createFairShare(OF_ORGANISATION);

/** Whose calls a token's were last, so that a call can be put in line before anybody asks the database whose it is. */
const known = new Map<string, string>();

export type Line = {
  token: string;
  organisation: string;
  /** Says whose it was, for the calls that follow. */
  is(orgId: string): void;
};

/** The line of a call: its token's, and its organisation's; of who is not known, its address's. */
export function lineOf(request: Request, address: string): Line {
  const authorization = request.headers.get("authorization");
  const from = `address:${addressKey(address)}`;
  if (authorization === null) return { token: from, organisation: from, is() {} };
  const token = createHash("sha256").update(authorization).digest("base64");
  return {
    token,
    organisation: known.get(token) ?? from,
    is(orgId) {
      if (known.get(token) === orgId) return;
      known.set(token, orgId);
      if (known.size > MOST_KNOWN) for (const oldest of known.keys()) return void known.delete(oldest);
    },
  };
}

/** Does the work when it is the token's turn, and its organisation's. */
export const inLine = <T>({ token, organisation }: Line, work: () => Promise<T>): Promise<T> =>
  inTokenShare(token, () => inOrganisationShare(organisation, work));
