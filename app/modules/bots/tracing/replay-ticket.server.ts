import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { type Actor, membershipIn } from "~/modules/accounts";
import type { MessageRow } from "~/modules/messaging/index.server";
import { visibleTo } from "~/modules/tickets/index.server";
import { invalid, notFound } from "~/platform/errors";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { compileDraft } from "../compile/compile-draft.server";
import { findFlow } from "../editing/find-flow.server";
import { type NodeWords, nodeWordsOf } from "../editing/node-words";
import { strictDraft } from "../editing/publish-draft.server";
import type { RunState, TraceEntry } from "../engine/run";
import { matchQuestions } from "../faq/match-questions.server";
import type { Flow } from "../flow";
import type { Looked } from "../nodes/questioning";
import { contactVariables } from "../running/advance-run.server";
import { answerOf } from "../running/answer-of";
import { loadFlowVersion } from "../running/published-flow.server";
import { askedWords, firstAnswer, isServerKind, type ServerAnswer, type ServerKind } from "../simulator/server-answer";
import type { PendingCall } from "../simulator/simulation";
import { newSituation, type Situation } from "../simulator/situation";
import type { Json } from "../wording/json";
import { own } from "../wording/json";
import { type RecordedEvent, recordedFact, recordedOutputs } from "./recorded-outputs";
import { type Answering, type RealTurn, type ReplayedTurn, replay } from "./replay";

const MOST_MESSAGES = 200;
const MOST_EVENTS = 300;

const { channel, contact, flowRun, flowTrace, message, organisation, ticket } = schema;

/** A node whose server's answer nobody knows: what it asks, and what might be answered. */
export type Unanswered = { node: string; kind: ServerKind; words: NodeWords; asks: string; suggested: ServerAnswer };

export type Replayed = {
  ticket: { id: string; number: number; contact: string };
  turns: ReplayedTurn[];
  unanswered: Unanswered[];
};

/** A ticket by its number, as far as the reader sees it. @throws AppError `not_found` */
async function findSeen(ctx: Context<Actor>, orgId: string, number: number) {
  const membership = membershipIn(ctx.actor, orgId);
  if (!membership || !Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) throw notFound("ticket");
  const [row] = await ctx.tx
    .select({ ticket, channel, contact, organisation })
    .from(ticket)
    .innerJoin(channel, eq(channel.id, ticket.channelId))
    .innerJoin(contact, eq(contact.id, ticket.contactId))
    .innerJoin(organisation, eq(organisation.id, ticket.orgId))
    .where(and(eq(ticket.orgId, orgId), eq(ticket.number, number), await visibleTo(ctx.tx, membership)));
  if (!row) throw notFound("ticket");
  return row;
}

/** The messages of a ticket that a customer and its bot wrote, up to the first word of a person. */
async function messagesOf(ctx: Pick<Context, "tx">, ticketId: string): Promise<MessageRow[]> {
  const rows = await ctx.tx
    .select()
    .from(message)
    .where(
      and(
        eq(message.ticketId, ticketId),
        eq(message.visibility, "public"),
        inArray(message.authorKind, ["contact", "bot", "member"]),
        isNull(message.deletedAt),
      ),
    )
    .orderBy(asc(message.seq))
    .limit(MOST_MESSAGES);
  const taken = rows.findIndex(({ authorKind }) => authorKind === "member");
  return taken < 0 ? rows : rows.slice(0, taken);
}

function turnsOf(rows: readonly MessageRow[]): RealTurn[] {
  const turns: RealTurn[] = [];
  for (const row of rows) {
    const last = turns.at(-1);
    if (row.authorKind === "contact")
      turns.push({ at: row.createdAt.toISOString(), words: row.text ?? "", answer: answerOf(row), said: [] });
    else if (last) last.said.push(row.text ?? "");
  }
  // What was written after the bot's last word was for people.
  return turns.slice(0, turns.findLastIndex(({ said }) => said.length > 0) + 1);
}

type Seen = Awaited<ReturnType<typeof findSeen>>;

type Recorded = Pick<Situation, "inHours" | "anyoneAvailable"> & { outputs: { [node: string]: Json[] } };

/** What the first run of a ticket found out that its messages do not tell. */
async function recordedIn(ctx: Pick<Context, "tx">, ticketId: string, rows: readonly MessageRow[]): Promise<Recorded> {
  const nothing = { outputs: {}, inHours: true, anyoneAvailable: true };
  const first = rows.find(({ authorKind }) => authorKind === "bot");
  const [run] = await ctx.tx
    .select()
    .from(flowRun)
    .where(eq(flowRun.ticketId, ticketId))
    .orderBy(asc(flowRun.startedAt))
    .limit(1);
  if (!run || !first) return nothing;
  const traces = await ctx.tx
    .select({ createdAt: flowTrace.createdAt, entries: flowTrace.entries })
    .from(flowTrace)
    .where(eq(flowTrace.runId, run.id))
    .orderBy(asc(flowTrace.createdAt), asc(flowTrace.id))
    .limit(MOST_EVENTS);
  const events = traces.map(({ createdAt, entries }): RecordedEvent => {
    const said = rows.filter((row) => row.authorKind === "bot" && row.createdAt.getTime() === createdAt.getTime());
    return {
      at: createdAt.toISOString(),
      entries: entries as TraceEntry[],
      said: said.map(({ text }) => text ?? ""),
    };
  });
  const drawn = await loadFlowVersion(ctx.tx, run.flowVersionId);
  return {
    outputs: recordedOutputs(drawn, events, (run.state as RunState).variables),
    inHours: recordedFact(drawn, events, "hours") ?? true,
    anyoneAvailable: recordedFact(drawn, events, "agents") ?? true,
  };
}

const situationOf = (seen: Seen, { inHours, anyoneAvailable }: Recorded): Situation => ({
  ...newSituation(seen.channel.kind, seen.ticket.openedAt.toISOString()),
  ...{ inHours, anyoneAvailable },
  returning: seen.ticket.reopenCount > 0,
  contact: contactVariables(seen.contact),
  org: { name: seen.organisation.name, handle: seen.organisation.handle },
  timeZone: seen.organisation.timeZone,
  region: seen.organisation.region,
});

const LONGEST_ANSWERS = 200_000;

const given = z.record(z.string().max(300), z.json());

/** What people say that the server answers, by node. @throws AppError 422 `invalid_request` */
function readAnswers(answers: unknown): { [node: string]: Json } {
  const read = given.safeParse(answers);
  if (!read.success || JSON.stringify(read.data).length > LONGEST_ANSWERS) throw invalid("invalid_request");
  return read.data;
}

function unansweredOf(flow: Flow, call: PendingCall): Unanswered[] {
  const node = flow.nodes.find(({ id }) => id === call.node);
  if (!node || !isServerKind(call.kind)) return [];
  const { node: id, kind } = call;
  return [{ node: id, kind, words: nodeWordsOf(node), asks: askedWords(call), suggested: firstAnswer(node) }];
}

/**
 * What the draft of a flow would say to what a customer really wrote in a ticket, beside what the bot said then. The contact
 * is taken as it is now. What the server answered is taken from the run's trace, else from `answers`; questions that were
 * never looked up are looked up now, and all else comes back as `unanswered`.
 * @param answers the server's, by node
 * @throws AppError `not_found` (the flow, or a ticket that is not the reader's to see), `forbidden`; 422
 *   `flow_has_problems` while the draft is incomplete, `invalid_request`
 */
export const replayTicket = (
  actor: Actor,
  orgId: string,
  flowId: string,
  number: number,
  answers: unknown = {},
): Promise<Replayed> =>
  transact(actor, { orgId }, async (ctx) => {
    const row = await findFlow(ctx, orgId, flowId);
    const flow = await compileDraft(ctx, row, strictDraft(row.draft));
    const seen = await findSeen(ctx, orgId, number);
    const written = await messagesOf(ctx, seen.ticket.id);
    const recorded = await recordedIn(ctx, seen.ticket.id, written);
    const byHand = readAnswers(answers);
    const answering: Answering = async ({ node, kind, input }, nth) => {
      const known = own(recorded.outputs, node)?.[nth] ?? own(byHand, node);
      if (known !== undefined) return known;
      if (kind !== "faq") return null;
      return { answers: await matchQuestions(ctx.tx, { orgId, ...(input as Looked), limit: 5 }) };
    };
    const { turns, unanswered } = await replay(flow, situationOf(seen, recorded), turnsOf(written), answering);
    return {
      ticket: { id: seen.ticket.id, number: seen.ticket.number, contact: seen.contact.name },
      turns,
      unanswered: unanswered.flatMap((call) => unansweredOf(flow, call)),
    };
  });
