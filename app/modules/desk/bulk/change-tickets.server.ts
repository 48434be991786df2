import type { Actor } from "~/modules/accounts";
import type { Ticket } from "~/modules/tickets";
import {
  getTicket,
  listAreas,
  listAssignees,
  requireMembership,
  type TicketPatch,
  undoClose,
  updateTicket,
} from "~/modules/tickets/index.server";
import { AppError, conflict, invalid, notFound } from "~/platform/errors";
import { type BulkPatch, type BulkResult, MOST_TICKETS, type Undo } from "./bulk-patch";

/** So many are changed beside one another: an agent's two hundred leave the others' connections alone. */
const AT_ONCE = 4;
/** A customer may write between looking and changing; then the ticket is looked at again. */
const TRIES = 4;

type Done = BulkResult["done"][number];

/**
 * Changes many tickets alike, each by the verb and with the permission of one, in a transaction of its own. What was refused
 * stays as it was and is named with its reason; the rest is done.
 * @throws AppError `too_many_tickets` above 200, `nothing_to_change`, `area_unknown`, `assignee_unknown`, 404 for an
 *   organisation of others
 */
export async function changeTickets(
  actor: Actor,
  orgId: string,
  ids: readonly string[],
  patch: BulkPatch,
): Promise<BulkResult> {
  if (Object.values(patch).every((value) => value === undefined)) throw invalid("nothing_to_change");
  await requireTargets(actor, orgId, patch);
  return forEachTicket(actor, orgId, [...new Set(ids)], (id) => changeOne(actor, orgId, id, patch));
}

/**
 * Does something with each of many tickets, a few beside one another; what was refused is named with its reason.
 * @throws AppError `too_many_tickets` above 200, 404 for an organisation of others
 */
export const forEachTicket = (
  actor: Actor,
  orgId: string,
  ids: readonly string[],
  work: (id: string) => Promise<Done>,
): Promise<BulkResult> => forEach(actor, orgId, ids, (id) => id, work);

/** What none of them could be given is refused once, not for each. */
async function requireTargets(actor: Actor, orgId: string, { areaId, assigneeId }: BulkPatch): Promise<void> {
  const named = async (id: string, list: Promise<readonly { id: string }[]>, code: string) => {
    if (!(await list).some((one) => one.id === id)) throw invalid(code);
  };
  if (areaId) await named(areaId, listAreas(actor, orgId), "area_unknown");
  if (assigneeId) await named(assigneeId, listAssignees(actor, orgId), "assignee_unknown");
}

/**
 * Takes back what `changeTickets` did, of each ticket that nobody changed since.
 * @throws AppError as `changeTickets`
 */
export function undoChanges(actor: Actor, orgId: string, undos: readonly Undo[]): Promise<BulkResult> {
  const one = async ({ id, version, patch }: Undo): Promise<Done> => {
    const before = await ticketIn(actor, orgId, id);
    // Looked at first, so that a colleague's later change is not undone; the verb asks again under its lock.
    if (before.version !== version) throw conflict("version_conflict");
    if (before.state === "closed" && patch.state === "open") return reopened(actor, id, patch);
    const after = await updateTicket(actor, id, { ...patchOf(before, patch), version });
    return { id, number: after.number, version: after.version, undo: null };
  };
  return forEach(actor, orgId, undos, ({ id }) => id, one);
}

/** A closing is taken back as by its own button; what a colleague had goes back to them, and what else was changed with it. */
async function reopened(actor: Actor, id: string, { state: _, assigneeId, ...others }: BulkPatch): Promise<Done> {
  const open = await undoClose(actor, id);
  const back = { ...others, ...((open.assignee?.id ?? null) !== assigneeId && { assigneeId }) };
  const changes = Object.values(back).some((value) => value !== undefined);
  const after = changes ? await updateTicket(actor, id, { ...patchOf(open, back), version: open.version }) : open;
  return { id, number: after.number, version: after.version, undo: null };
}

async function forEach<T>(
  actor: Actor,
  orgId: string,
  all: readonly T[],
  idOf: (one: T) => string,
  work: (one: T) => Promise<Done>,
): Promise<BulkResult> {
  requireMembership(actor, orgId, "tickets:write");
  if (all.length > MOST_TICKETS) throw invalid("too_many_tickets", { most: MOST_TICKETS });
  const results = new Map<T, Done | BulkResult["refused"][number]>();
  const waiting = [...all];
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      results.set(one, await work(one).catch((error: unknown) => refusalOf(actor, orgId, idOf(one as T), error)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, worker));
  const inOrder = all.flatMap((one) => results.get(one) ?? []);
  return {
    done: inOrder.flatMap((one) => ("code" in one ? [] : one)),
    refused: inOrder.flatMap((one) => ("code" in one ? one : [])),
  };
}

async function refusalOf(actor: Actor, orgId: string, id: string, error: unknown) {
  if (!(error instanceof AppError) || !error.expected) throw error;
  const known = error.status === 404 ? null : await ticketIn(actor, orgId, id).catch(() => null);
  const { step, assignee } = (error.data ?? {}) as { step?: number; assignee?: { name: string } };
  const more = { ...(step && { step }), ...(assignee && { name: assignee.name }) };
  return { id, number: known?.number ?? null, code: error.code, ...more };
}

/** @throws AppError 404, in the same words for what is of another organisation */
async function ticketIn(actor: Actor, orgId: string, id: string): Promise<Ticket> {
  const { org_id: found, ...ticket } = await getTicket(actor, id);
  if (found !== orgId) throw notFound("ticket");
  return ticket;
}

async function changeOne(actor: Actor, orgId: string, id: string, patch: BulkPatch): Promise<Done> {
  for (let tries = 1; ; tries++) {
    const before = await ticketIn(actor, orgId, id);
    try {
      const after = await updateTicket(actor, id, { ...patchOf(before, patch), version: before.version });
      return { id, number: after.number, version: after.version, undo: inverseOf(before, after) };
    } catch (error) {
      const moved = error instanceof AppError && error.code === "version_conflict";
      if (!moved || tries === TRIES) throw error;
    }
  }
}

/** The patch of one ticket, whose tags are named whole. */
function patchOf(ticket: Ticket, { addTags, removeTags, snoozedUntil, ...rest }: BulkPatch): TicketPatch {
  const removed = new Set(removeTags);
  const tags = [...ticket.tags.filter((tag) => !removed.has(tag)), ...(addTags ?? [])];
  return {
    ...rest,
    ...((addTags || removeTags) && { tags }),
    ...(snoozedUntil !== undefined && { snoozedUntil: snoozedUntil === null ? null : new Date(snoozedUntil) }),
  };
}

const without = (tags: readonly string[], others: readonly string[]) => tags.filter((tag) => !others.includes(tag));

/** What brings a ticket from how it is back to how it was; null where nothing does or nothing changed. */
export function inverseOf(before: Ticket, after: Ticket): BulkPatch | null {
  const closed = before.state === "open" && after.state === "closed";
  if (before.state !== after.state && !closed) return null;
  const [added, removed] = [without(after.tags, before.tags), without(before.tags, after.tags)];
  const assignee = before.assignee?.id ?? null;
  const patch: BulkPatch = {
    ...(closed && { state: "open" as const, assigneeId: assignee }),
    ...(before.area.id !== after.area.id && { areaId: before.area.id }),
    ...((after.assignee?.id ?? null) !== assignee && { assigneeId: assignee }),
    ...(before.area.id !== after.area.id && assignee && { assigneeId: assignee }),
    ...(before.priority !== after.priority && { priority: before.priority }),
    ...(added.length > 0 && { removeTags: added }),
    ...(removed.length > 0 && { addTags: removed }),
    // A closing wakes, and taking it back puts to sleep again.
    ...(!closed && before.snoozed_until !== after.snoozed_until && { snoozedUntil: before.snoozed_until }),
  };
  return Object.keys(patch).length > 0 ? patch : null;
}
