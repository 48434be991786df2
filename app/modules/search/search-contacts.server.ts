import { and, inArray, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { type Contact, contactsInSight, requireContactsMember, showContacts } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { readWords } from "./asked-words.server";
import { matchContacts } from "./match-contacts.server";
import type { SearchFilter } from "./search-filter";
import { searching } from "./search-pool.server";

export type ContactQuestion = { q: string; filter?: SearchFilter; cursor?: string | null; limit: number };

/** The best first. `marks`: beginnings of the words that were asked for. */
export type FoundContacts = { contacts: Contact[]; nextCursor: string | null; marks: string };

const { contact, identity } = schema;

/**
 * The contacts that a member sees whose name, e-mail address or telephone holds words that begin as those asked for, or,
 * where there is none, words like them; at most 500. Of the filter, they know tag, channel and contact.
 * @throws AppError as `searchMessages`
 */
export async function searchContacts(actor: Actor, orgId: string, asked: ContactQuestion): Promise<FoundContacts> {
  const { actor: account, membership } = requireContactsMember(actor, orgId, "contacts:read");
  const { tag, channelId, contactId } = asked.filter ?? {};
  const after = scoreOf(asked.cursor);
  return searching(account.accountId, { orgId, accountId: account.accountId }, async (tx) => {
    const { words, marks } = await readWords(tx, asked.q);
    const sight = and(
      await contactsInSight(tx, membership),
      tag ? sql`${contact.tags} @> array[${tag}]::text[]` : undefined,
      contactId ? sql`${contact.id} = ${contactId}` : undefined,
      channelId
        ? sql`exists (select from ${identity} where ${identity.contactId} = ${contact.id} and ${identity.channelId} = ${channelId})`
        : undefined,
    );
    const all = await matchContacts(tx, orgId, words, sight);
    const rest = after ? all.filter((one) => isBehind(one, after)) : all;
    const shown = rest.slice(0, asked.limit);
    const ids = shown.map(({ id }) => id);
    const rows = ids.length > 0 ? await tx.select().from(contact).where(inArray(contact.id, ids)) : [];
    const contacts = await showContacts(tx, rows);
    const last = shown.at(-1);
    return {
      contacts: ids.flatMap((id) => contacts.find((one) => one.id === id) ?? []),
      nextCursor: rest.length > shown.length && last ? `${last.score}.${last.id}` : null,
      marks,
    };
  });
}

type Score = { score: number; id: string };

const isBehind = (one: Score, after: Score) =>
  one.score < after.score || (one.score === after.score && one.id < after.id);

const CURSOR = /^(\d{1,8})\.([0-9a-f-]{36})$/;

function scoreOf(cursor: string | null | undefined): Score | null {
  if (!cursor) return null;
  const [, score, id] = CURSOR.exec(cursor) ?? [];
  if (!score || !isUuid(id)) throw invalid("cursor_invalid");
  return { score: Number(score), id };
}
