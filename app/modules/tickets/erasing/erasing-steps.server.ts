import { type SQL, sql } from "drizzle-orm";
import { removeContent } from "~/modules/files/index.server";
import type { Tx } from "~/platform/db.server";
import { enqueue } from "~/platform/jobs/index.server";
import { OWN_REASONS } from "../reasons";

export type ErasedPerson = {
  orgId: string;
  contactIds: string[];
  identityIds: string[];
  conversationIds: string[];
  /** By what providers know the person, and nobody else: addresses, telephone, e-mail address. */
  addresses: string[];
  /** By what the person can be found where nothing else names them: those, and the name. */
  words: string[];
};

export type Steps = readonly (readonly [kind: string, Step])[];
type Step = (tx: Tx, person: ErasedPerson) => Promise<number>;

/** So many rows a transaction. */
const AT_ONCE = 500;

const uuids = (ids: readonly string[]) => sql`${sql.param(ids)}::uuid[]`;

/** Runs a statement that ends with `returning`, and counts. */
const counted =
  (statement: (person: ErasedPerson) => SQL): Step =>
  async (tx, person) =>
    (await tx.execute(statement(person))).rows.length;

/** Rows of these conversations in a table, so many at once. */
const ofConversations = (table: string, key: string, more: SQL = sql`true`) => {
  const [name, column] = [sql.identifier(table), sql.identifier(key)];
  return ({ conversationIds }: ErasedPerson) => sql`${column} in (select t.${column} from ${name} t
    where t.conversation_id = any(${uuids(conversationIds)}) and ${more} limit ${AT_ONCE})`;
};

const inConversations = (table: string): Step =>
  counted(
    ({ conversationIds }) => sql`delete from ${sql.identifier(table)} where ctid = any(array(select ctid
      from ${sql.identifier(table)} where conversation_id = any(${uuids(conversationIds)}) limit ${AT_ONCE})) returning 1`,
  );

const said = sql`(t.text <> '' or t.payload is not null or t.attachments <> '[]' or t.reactions <> '[]' or t.deleted_at is null
  or t.delivery_error is not null or t.external_id is not null or (t.author_kind = 'contact' and t.author_name <> ''))`;

/** The product's own reasons; all others are words that a person wrote. */
const isCode = (column: string) => sql`${sql.identifier(column)} = any(${sql.param(OWN_REASONS)}::text[])`;

/** What a file was, and its bytes with it: they leave the storage by jobs that leave with this transaction. */
const files: Step = async (tx, { conversationIds }) => {
  const { rows } = await tx.execute<{ id: string; sha256: string }>(sql`delete from file where id in (
    select id from file where conversation_id = any(${uuids(conversationIds)}) limit ${AT_ONCE}) returning id, sha256`);
  for (const { id, sha256 } of rows) await enqueue(tx, removeContent, { id, sha256 });
  return rows.length;
};

/** The person's words as regular expressions take them. */
const escaped = (words: readonly string[]) => words.map((word) => word.replace(/[^\p{L}\p{N}\s@]/gu, "\\$&"));

/** Bodies that a provider sent and that were read; they go after seven days in any case. */
const webhooks: Step = async (tx, { addresses: words }) => {
  if (words.length === 0) return 0;
  const { rows } = await tx.execute(sql`delete from webhook_inbox where id in (
    select id from webhook_inbox w where processed_at is not null and exists (
      select from unnest(${sql.param(words)}::text[]) word where position(convert_to(word, 'UTF8') in w.body) > 0
        or position(convert_to(trim(both '"' from to_json(word)::text), 'UTF8') in w.body) > 0)
    limit ${AT_ONCE}) returning 1`);
  return rows.length;
};

/** Lines of reports of imports that show what stood in the file. */
const imports: Step = async (tx, { orgId, words }) => {
  if (words.length === 0) return 0;
  const pattern = escaped(words).join("|");
  const { rows } = await tx.execute(sql`update contact_import set problems = (
      select coalesce(jsonb_agg(case when p ->> 'value' ~* ${pattern} then jsonb_set(p, '{value}', '""') else p end), '[]')
      from jsonb_array_elements(problems) p)
    where id in (select id from contact_import where org_id = ${orgId} and exists (
      select from jsonb_array_elements(problems) p where p ->> 'value' ~* ${pattern}) limit ${AT_ONCE}) returning 1`);
  return rows.length;
};

/** What is done first, each until it finds nothing: what lets the person in. */
export const DOORS: Steps = [
  [
    "guest_sessions",
    counted(
      ({ identityIds }) => sql`delete from guest_session where id in (select id from guest_session
        where identity_id = any(${uuids(identityIds)}) limit ${AT_ONCE}) returning 1`,
    ),
  ],
  [
    "addresses",
    counted(
      ({ identityIds }) => sql`delete from identity_address where ctid = any(array(select ctid from identity_address
        where identity_id = any(${uuids(identityIds)}) limit ${AT_ONCE})) returning 1`,
    ),
  ],
  [
    "accounts",
    counted(
      ({ identityIds }) => sql`update identity set account_id = null
        where id = any(${uuids(identityIds)}) and account_id is not null returning 1`,
    ),
  ],
];

/**
 * What is done then, in order, each until it finds nothing: what they and others wrote, then by what they were known. Tickets,
 * messages and conversations keep their rows, numbers and times.
 */
export const STEPS: Steps = [
  [
    "participants",
    counted(
      ({ conversationIds }) => sql`delete from participant
        where conversation_id = any(${uuids(conversationIds)}) and role = 'customer' returning 1`,
    ),
  ],
  ["drafts", inConversations("draft")],
  ["scheduled_messages", inConversations("scheduled_message")],
  ["sends", inConversations("outbox")],
  ["uploads", inConversations("upload")],
  ["files", files],
  ["earlier_texts", inConversations("message_edit")],
  [
    "messages",
    counted(
      (
        person,
      ) => sql`update message set text = '', payload = null, attachments = '[]', reactions = '[]', pinned_at = null,
        deleted_at = coalesce(deleted_at, now()), delivery_error = null, external_id = null,
        author_name = case when author_kind = 'contact' then '' else author_name end
        where ${ofConversations("message", "id", said)(person)} returning 1`,
    ),
  ],
  [
    "history_lines",
    counted(
      ({ conversationIds }) => sql`update ticket_event set reason = case when ${isCode("reason")} then reason end,
          actor_name = case when actor_kind = 'customer' then '' else actor_name end, before = null, after = null
        where id in (select id from ticket_event where conversation_id = any(${uuids(conversationIds)})
          and ((reason is not null and not ${isCode("reason")}) or (actor_kind = 'customer' and actor_name <> '')
            or before ? 'fields' or after ? 'fields' or before ? 'tags' or after ? 'tags') limit ${AT_ONCE}) returning 1`,
    ),
  ],
  [
    "tickets",
    counted(
      ({ conversationIds }) => sql`update ticket set fields = '{}', tags = '{}',
          close_reason = case when ${isCode("close_reason")} then close_reason end
        where id in (select id from ticket where conversation_id = any(${uuids(conversationIds)})
          and (fields <> '{}' or tags <> '{}' or not ${isCode("close_reason")}) limit ${AT_ONCE}) returning 1`,
    ),
  ],
  [
    "notices",
    counted(
      ({
        conversationIds,
      }) => sql`delete from notice where id in (select n.id from notice n join ticket t on t.id = n.ticket_id
        where t.conversation_id = any(${uuids(conversationIds)}) limit ${AT_ONCE}) returning 1`,
    ),
  ],
  [
    "bot_traces",
    counted(
      ({
        conversationIds,
      }) => sql`delete from flow_trace where id in (select f.id from flow_trace f join flow_run r on r.id = f.run_id
        where r.conversation_id = any(${uuids(conversationIds)}) limit ${AT_ONCE}) returning 1`,
    ),
  ],
  [
    "bot_runs",
    counted(
      ({ conversationIds }) => sql`delete from flow_run where id in (select id from flow_run
        where conversation_id = any(${uuids(conversationIds)}) and status = 'ended' limit ${AT_ONCE}) returning 1`,
    ),
  ],
  [
    "conversations",
    counted(
      ({ conversationIds }) => sql`update conversation set entry = null, title = null
        where id = any(${uuids(conversationIds)}) and (entry is not null or title is not null) returning 1`,
    ),
  ],
  [
    "merges",
    counted(
      ({ contactIds }) => sql`update contact_merge set before = '{}'
        where (kept_id = any(${uuids(contactIds)}) or merged_id = any(${uuids(contactIds)})) and before <> '{}' returning 1`,
    ),
  ],
  ["webhook_bodies", webhooks],
  ["import_reports", imports],
  [
    "contacts",
    counted(
      ({
        contactIds,
      }) => sql`update contact set name = '', named = false, name_edited = true, phone = null, phone_key = null,
          email = null, notes = null, tags = '{}', fields = '{}', variables = '{}', erased_at = coalesce(erased_at, now())
        where id = any(${uuids(contactIds)}) and (name <> '' or phone is not null or email is not null or notes is not null
          or erased_at is null or tags <> '{}' or fields <> '{}' or variables <> '{}') returning 1`,
    ),
  ],
];
