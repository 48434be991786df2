import { and, asc, desc, eq, gte, inArray } from "drizzle-orm";
import { type Actor, type Membership, membershipIn } from "~/modules/accounts";
import { getTicket } from "~/modules/tickets/index.server";
import { inScope, type Tx } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { type NodeWords, nodeWordsOf } from "../editing/node-words";
import type { RunState, TraceEntry } from "../engine/run";
import { definitionOf, type Flow, type FlowNode } from "../flow";
import { loadFlowVersion } from "../running/published-flow.server";
import type { ExplainedRun, Explanation } from "./explanation";

const MOST_RUNS = 10;
const MOST_EVENTS = 300;

const { flow, flowRun, flowTrace, flowVersion, message, ticket } = schema;

/** Since when a member reads a conversation, whose newest ticket may have been handed on without its history (R10). */
async function readsSince(tx: Tx, { role }: Membership, conversationId: string): Promise<Date | null> {
  if (role === "admin") return null;
  const [newest] = await tx
    .select({ fromSeq: ticket.historyFromSeq })
    .from(ticket)
    .where(eq(ticket.conversationId, conversationId))
    .orderBy(desc(ticket.number))
    .limit(1);
  if (!newest?.fromSeq) return null;
  const [first] = await tx
    .select({ at: message.createdAt })
    .from(message)
    .where(and(eq(message.conversationId, conversationId), gte(message.seq, newest.fromSeq)))
    .orderBy(asc(message.seq))
    .limit(1);
  return first?.at ?? new Date(8.64e15);
}

/** What an author writes for other systems, addresses too, is for those who draw. */
function wordsFor(node: FlowNode, mayEdit: boolean): NodeWords {
  const words = nodeWordsOf(node);
  return mayEdit || definitionOf(node).family !== "do" ? words : { ...words, text: "" };
}

/** The nodes that a run came by or went to, by their ids. */
function namedIn(drawn: Flow, entries: readonly TraceEntry[], mayEdit: boolean): ExplainedRun["nodes"] {
  const named = new Set(entries.flatMap(({ node, detail }) => [node, detail.to]));
  const nodes = drawn.nodes.filter(({ id }) => named.has(id));
  return Object.fromEntries(nodes.map((node) => [node.id, wordsFor(node, mayEdit)]));
}

const runsOf = (tx: Tx, conversationId: string) =>
  tx
    .select({ run: flowRun, number: flowVersion.number, flow: { id: flow.id, name: flow.name } })
    .from(flowRun)
    .innerJoin(flowVersion, eq(flowVersion.id, flowRun.flowVersionId))
    .innerJoin(flow, eq(flow.id, flowVersion.flowId))
    .innerJoin(ticket, eq(ticket.id, flowRun.ticketId))
    .where(eq(ticket.conversationId, conversationId))
    .orderBy(desc(flowRun.startedAt))
    .limit(MOST_RUNS);

async function tracesOf(tx: Tx, runIds: string[], since: Date | null) {
  if (runIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(flowTrace)
    .where(and(inArray(flowTrace.runId, runIds), since ? gte(flowTrace.createdAt, since) : undefined))
    .orderBy(desc(flowTrace.createdAt), desc(flowTrace.id))
    .limit(MOST_EVENTS);
  return rows.reverse();
}

/**
 * Why the bots of a ticket, and of the earlier ones of its conversation, said what they said: nodes, rules and values,
 * event by event, for whoever sees the ticket and as far back as they read it. Secrets are in no run, so they are in none of this.
 * @throws AppError 404 when it is not the actor's to see
 */
export async function explainTicket(actor: Actor, orgId: string, ticketId: string): Promise<Explanation> {
  const { conversation_id } = await getTicket(actor, ticketId);
  const membership = membershipIn(actor, orgId);
  if (!membership) throw notFound("ticket");
  return inScope({ orgId }, async (tx) => {
    const mayEdit = membership.role === "admin";
    const since = await readsSince(tx, membership, conversation_id);
    const rows = await runsOf(tx, conversation_id);
    const traces = await tracesOf(
      tx,
      rows.map(({ run }) => run.id),
      since,
    );
    const runs: ExplainedRun[] = [];
    for (const { run, number, flow: of } of rows) {
      const drawn = await loadFlowVersion(tx, run.flowVersionId);
      const own = traces
        .filter(({ runId }) => runId === run.id)
        .map(({ createdAt, entries }) => ({ at: createdAt.toISOString(), entries: entries as TraceEntry[] }));
      runs.push({
        ...{ id: run.id, ticketId: run.ticketId, flow: of, version: number, startedAt: run.startedAt.toISOString() },
        endedAt: run.endedAt?.toISOString() ?? null,
        values: since ? {} : (run.state as RunState).variables,
        nodes: namedIn(
          drawn,
          own.flatMap(({ entries }) => entries),
          mayEdit,
        ),
        events: own.map(({ at, entries }) => ({ at, entries: entries.map(({ at: _, ...entry }) => entry) })),
      });
    }
    return { runs, mayEdit };
  });
}
