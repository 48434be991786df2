import type { Actor } from "~/modules/accounts";
import { topics } from "~/modules/messaging";
import { asSystem, inScope } from "~/platform/db.server";
import { forbidden, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { createGather } from "~/platform/waiting/gather";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";
import { seesArea } from "../policy";
import { currentCursor } from "./feed.server";
import { type Standing, sightOf, standingsOf } from "./standing.server";

const CONVERSATION = /^conversation:([0-9a-f-]{36})$/;
const TICKETS = /^organisation:([0-9a-f-]{36}):tickets$/;
/** Of the pool's connections, the most that joins of lists take. */
const MAX_RUNNING = 4;

export type Joined = { topics: string[]; rev: number | string };

/** Whoever asks while a query is under way gets the answer of the next one, which is read for all of them. */
const shared = <T>(read: (key: string) => Promise<T>) => {
  const ask = createGather<null, T>({
    async run(key, askers) {
      const answer = await read(key);
      return askers.map(() => answer);
    },
    maxBatch: Number.POSITIVE_INFINITY,
    maxRunning: MAX_RUNNING,
  });
  return (key: string) => ask(key, null);
};

const listsOf = shared((orgId) =>
  inScope({ orgId }, async (tx) => ({ areas: await tx.select().from(schema.area), cursor: await currentCursor(tx) })),
);

const feedNow = shared(() => asSystem("the feed's place now", (tx) => currentCursor(tx)));

/** The place up to which the feed is complete now. */
export const feedCursor = (): Promise<string> => feedNow("");

/**
 * The server's topics behind the name that a reader asked for, by the same policy as reading the page. Many who ask at
 * once share their queries, each of which begins after it was asked for.
 * @throws AppError 404 for names that do not exist or are not the reader's
 */
export async function joinTopic(actor: Actor, name: string): Promise<Joined> {
  const conversationId = CONVERSATION.exec(name)?.[1];
  if (conversationId) return joinConversation(actor, conversationId);
  const orgId = TICKETS.exec(name)?.[1];
  if (!orgId) throw notFound("topic");
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  const { areas, cursor } = await listsOf(orgId);
  const seen = areas.filter((area) => seesArea(membership, area));
  return {
    topics: [...seen.map((area) => topics.area(orgId, area.id)), topics.member(orgId, membership.memberId)],
    rev: cursor,
  };
}

async function joinConversation(actor: Actor, id: string): Promise<Joined> {
  if (!isUuid(id)) throw notFound("conversation");
  const [row] = await standingsOf(actor, [id]);
  const sight = row ? sightOf(actor, row) : null;
  if (!row || sight === null) throw notFound("conversation");
  if (sight === "missing_scope") throw forbidden("missing_scope");
  return sight === "staff"
    ? { topics: [topics.conversationStaff(id)], rev: row.rev }
    : { topics: [topics.conversationPublic(id), ...besides(row)], rev: row.publicRev };
}

/** In a direct chat, what is told of the other one: whether they are there, or that nothing is. */
function besides({ id, part }: Standing): string[] {
  if (!part?.otherId) return [];
  if (part.closed) return [topics.conversationClosed(id)];
  return part.lastSeenAt === undefined ? [] : [topics.online(part.otherId)];
}
