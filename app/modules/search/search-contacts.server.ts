import { and, inArray, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { type Contact, contactsInSight, requireContactsMember, showContacts } from "~/modules/tickets/index.server";
import { schema } from "~db/index.server";
import { readWords } from "./asked-words.server";
import { matchContacts } from "./match-contacts.server";
import { pageOf } from "./ranking";
import type { SearchFilter, SearchSort } from "./search-filter";
import { searching } from "./search-pool.server";

export type ContactQuestion = {
  q: string;
  filter?: SearchFilter;
  sort?: SearchSort;
  cursor?: string | null;
  limit: number;
};

/** The best first where no other order is asked for. `marks`: beginnings of the words that were asked for. */
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
    const all = await matchContacts(tx, orgId, words, sight, asked.sort === "newest");
    const { shown, nextCursor } = pageOf(all, asked);
    const ids = shown.map(({ id }) => id);
    const rows = ids.length > 0 ? await tx.select().from(contact).where(inArray(contact.id, ids)) : [];
    const contacts = await showContacts(tx, rows);
    return {
      contacts: ids.flatMap((id) => contacts.find((one) => one.id === id) ?? []),
      nextCursor,
      marks,
    };
  });
}
