import { type SQL, sql } from "drizzle-orm";
import { sayingUnavailable, systemDatabase } from "~/platform/db.server";
import type { Availability, Role } from "~db/schema/accounts";
import type { AccountActor } from "../actor";
import { ALL_LOUD, type NoticeChoice } from "../notices/notice-choice";

/** An organisation as its member sees it in menus. */
export type MyOrganisation = {
  orgId: string;
  memberId: string;
  handle: string;
  name: string;
  locale: string;
  timeZone: string;
  logoId: string | null;
  /** What is said aloud here: their own choice, or the organisation's. */
  notices: NoticeChoice;
  ownNotices: boolean;
  role: Role;
  availability: Availability;
};

/** What every page shows of the person who is signed in. */
export type Profile = {
  accountId: string;
  name: string;
  email: string;
  image: string | null;
  /** Chosen by the person; null follows the browser. */
  locale: string | null;
  /** True while the password is the published one of the demo. */
  demoPassword: boolean;
  organisations: readonly MyOrganisation[];
};

export type SignedIn = { actor: AccountActor; profile: Profile; lastSeenAt: Date; sessionToken: string };

type MembershipRow = Omit<MyOrganisation, "notices"> & { areaIds: string[]; notices: NoticeChoice | null };
type AccountColumns = {
  accountId: string;
  name: string;
  email: string;
  image: string | null;
  locale: string | null;
  demoPassword: boolean;
  memberships: MembershipRow[];
};
type SessionRow = AccountColumns & { sessionId: string; sessionToken: string; lastSeenAt: string };
type TokenRow = AccountColumns & { tokenId: string; tokenHash: string; scopes: string[]; lastUsedAt: string | null };

const CONNECTIONS = 6;
const READER = "visitors";

/** The account's columns and, as one JSON value, where it is a member now; `only` narrows the memberships. */
const accountColumns = (only: SQL) => sql`
  a.id as "accountId", a.name, a.email, a.image, a.locale, a.demo_password as "demoPassword",
  coalesce((
    select json_agg(json_build_object(
      'orgId', m.org_id, 'memberId', m.id, 'role', m.role, 'availability', m.availability, 'handle', o.handle,
      'name', o.name, 'locale', o.locale, 'timeZone', o.time_zone, 'logoId', o.logo_id,
      'notices', coalesce(m.notice_choice, o.notice_choice), 'ownNotices', m.notice_choice is not null,
      'areaIds', (select coalesce(json_agg(am.area_id), '[]') from area_member am where am.member_id = m.id)
    ) order by m.created_at, m.id)
    from member m join organisation o on o.id = m.org_id
    where m.account_id = a.id and m.removed_at is null and o.suspended_at is null and ${only}
  ), '[]') as memberships`;

async function rows<Row>(query: SQL): Promise<Row[]> {
  const result = await sayingUnavailable(() => systemDatabase(READER, CONNECTIONS).execute(query));
  return result.rows as Row[];
}

function actorOf(row: AccountColumns, sessionId: string | null, token: AccountActor["token"]): AccountActor {
  const memberships = row.memberships.map(({ orgId, memberId, role, areaIds }) => ({ orgId, memberId, role, areaIds }));
  return { kind: "account", accountId: row.accountId, name: row.name, email: row.email, sessionId, memberships, token };
}

function profileOf(row: AccountColumns): Profile {
  const { accountId, name, email, image, locale, demoPassword } = row;
  const organisations = row.memberships.map(({ areaIds: _, notices, ...organisation }) => ({
    ...organisation,
    notices: notices ?? ALL_LOUD,
  }));
  return { accountId, name, email, image, locale, demoPassword, organisations };
}

/** Who the living sessions that a condition on `s` picks belong to, with their memberships: one query. */
export async function loadSessions(condition: SQL): Promise<SignedIn[]> {
  const found = await rows<SessionRow>(sql`
    select s.id as "sessionId", s.token as "sessionToken", s.updated_at as "lastSeenAt", ${accountColumns(sql`true`)}
    from session s join account a on a.id = s.user_id
    where ${condition} and s.expires_at > now()`);
  return found.map((row) => ({
    actor: actorOf(row, row.sessionId, null),
    profile: profileOf(row),
    lastSeenAt: new Date(row.lastSeenAt),
    sessionToken: row.sessionToken,
  }));
}

/** An account as it stands now, for what it asked to be done later; null when it is gone. */
export async function actorOfAccount(accountId: string): Promise<AccountActor | null> {
  const [row] = await rows<AccountColumns>(
    sql`select ${accountColumns(sql`true`)} from account a where a.id = ${accountId}`,
  );
  return row ? actorOf(row, null, null) : null;
}

/** A member as they stand now, for what was set up to act with their eyes; null when they are no member any more. */
export async function actorOfMember(orgId: string, memberId: string): Promise<AccountActor | null> {
  const [row] = await rows<AccountColumns>(sql`
    select ${accountColumns(sql`m.org_id = ${orgId}`)} from member tm join account a on a.id = tm.account_id
    where tm.id = ${memberId} and tm.org_id = ${orgId} and tm.removed_at is null`);
  return row && row.memberships.length > 0 ? actorOf(row, null, null) : null;
}

export type TokenHolder = { actor: AccountActor; tokenId: string; tokenHash: string; lastUsedAt: Date | null };

/**
 * Whose the API tokens are that a condition on `t` picks. A token of a removed member or a suspended organisation is
 * nobody's, and a token knows no organisation but its own.
 */
export async function loadTokens(condition: SQL): Promise<TokenHolder[]> {
  const found = await rows<TokenRow>(sql`
    select t.id as "tokenId", t.token_hash as "tokenHash", t.scopes, t.last_used_at as "lastUsedAt",
      ${accountColumns(sql`m.id = t.member_id and m.org_id = t.org_id`)}
    from api_token t join member tm on tm.id = t.member_id and tm.org_id = t.org_id join account a on a.id = tm.account_id
    where ${condition} and t.revoked_at is null`);
  return found
    .filter((row) => row.memberships.length > 0)
    .map((row) => ({
      actor: actorOf(row, null, { id: row.tokenId, scopes: row.scopes }),
      tokenId: row.tokenId,
      tokenHash: row.tokenHash,
      lastUsedAt: row.lastUsedAt ? new Date(row.lastUsedAt) : null,
    }));
}

/** Notes that a session or token was used, without a transaction of its own around it. */
export async function note(statement: SQL): Promise<void> {
  await rows(statement);
}
