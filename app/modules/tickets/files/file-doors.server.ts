import type { Actor } from "~/modules/accounts";
import {
  accountMessageCharges,
  actorOfToken,
  findActor,
  guestMessageCharges,
  throttle,
} from "~/modules/accounts/index.server";
import { guestOfToken, guestTokens, isGuestToken } from "~/modules/contacts/index.server";
import { inScope } from "~/platform/db.server";
import { unauthorized } from "~/platform/errors";
import { accessConversation } from "../reading/conversation-access.server";

/**
 * What a request for a file's bytes, in or out, may do: asked of the conversation that the file is for. Who asks shows
 * a token, a session, or the secrets of the chats that the browser has.
 * @throws AppError 401 for nobody
 */
export async function fileDoors(request: Request, address: string) {
  return {
    actors: await actorsOf(request),
    mayWrite: async (actor: Actor, conversationId: string) =>
      (await accessConversation(actor, conversationId, inScope, "messages:write")).scope,
    async mayRead(actor: Actor, conversationId: string) {
      const { audience, fromSeq } = await accessConversation(actor, conversationId, inScope);
      return { staff: audience === "staff", fromSeq };
    },
    async charge(actor: Actor) {
      if (actor.kind === "guest") await throttle(guestMessageCharges(actor, address));
      else if (actor.kind === "account") await throttle(accountMessageCharges(actor.accountId));
    },
  };
}

async function actorsOf(request: Request): Promise<Actor[]> {
  const authorization = request.headers.get("authorization");
  const found = authorization === null ? await ofCookies(request) : [await ofToken(authorization)];
  const actors = found.flatMap((actor) => actor ?? []);
  if (actors.length === 0) throw unauthorized();
  return actors;
}

async function ofToken(authorization: string): Promise<Actor | null> {
  const [scheme, token] = authorization.split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token) return null;
  return isGuestToken(token) ? guestOfToken(token) : actorOfToken(token);
}

const ofCookies = (request: Request): Promise<(Actor | null)[]> =>
  Promise.all([...guestTokens(request.headers.get("Cookie")).map(guestOfToken), findActor(request)]);
