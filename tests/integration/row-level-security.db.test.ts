import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { asSystem, database, databaseErrorCode, inScope } from "~/platform/db.server";
import { type FullWorld, makeFullWorld } from "../support/full-world";
import { withProduct } from "../support/world";

withProduct();

let a: FullWorld;
let b: FullWorld;
let ofOrganisations: string[] = [];

const catalog = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  (await asSystem("test", (tx) => tx.execute<Row>(query))).rows;
const table = (name: string) => sql.identifier(name);

/** Tables that no request reads: the role may not even ask. */
const CLOSED = ["credential", "session", "verification", "webhook_inbox", "unknown_account", "once_call"];

beforeAll(async () => {
  a = await makeFullWorld();
  b = await makeFullWorld();
  const rows = await catalog<{ table_name: string }>(
    sql`select table_name from information_schema.columns where table_schema = 'public' and column_name = 'org_id' order by 1`,
  );
  ofOrganisations = rows.map((row) => row.table_name);
});

describe("the roles and policies (TA7)", () => {
  it("bind the role that requests run as", async () => {
    const roles = await catalog(sql`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
        (select count(*)::int from pg_class c where c.relowner = r.oid) as owns,
        pg_has_role('guazu_app', 'guazu_system', 'member') as becomes_system
      from pg_roles r where rolname = 'guazu_app'`);
    const nothing = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false };
    expect(roles).toEqual([{ ...nothing, rolcanlogin: false, owns: 0, becomes_system: false }]);
    const now = await inScope({}, (tx) => tx.execute(sql`select current_user as role`));
    expect(now.rows).toEqual([{ role: "guazu_app" }]);
  });

  it("let nobody who serves a request change the schema, read files or hold a row for ever (TM4)", async () => {
    const refused = [
      sql`create table public.mine (id int)`,
      sql`create schema mine`,
      sql`alter table message add column mine int`,
      sql`drop table message`,
      sql`truncate message`,
      sql`copy (select 1) to program 'true'`,
      sql`select pg_read_file('postgresql.conf')`,
      sql`create role mine`,
      sql`alter system set fsync = off`,
    ];
    const codes = await Promise.all(
      refused.map((statement) => inScope({}, (tx) => tx.execute(statement)).then(() => "done", databaseErrorCode)),
    );
    // 25001: never within a transaction, whoever asks.
    expect(codes).toEqual([...Array(8).fill("42501"), "25001"]);
    const limits = await inScope({}, (tx) =>
      tx.execute<{ name: string; ms: number }>(sql`select name, setting::int as ms from pg_settings where name in
        ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`),
    );
    expect(limits.rows.map(({ name }) => name)).toHaveLength(3);
    for (const { name, ms } of limits.rows) expect(ms > 0 && ms <= 60_000, name).toBe(true);
  });

  it("are forced on every table, and none lets the role through without a condition", async () => {
    const open = await catalog(sql`select relname from pg_class c join pg_namespace n on n.oid = relnamespace
      where nspname = 'public' and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
        and relname not like '%drizzle%'`);
    expect(open).toEqual([]);
    const wide = await catalog(sql`select tablename, policyname from pg_policies where schemaname = 'public'
      and (roles && array['guazu_app', 'public']::name[]) and (qual = 'true' or with_check = 'true' or qual is null)`);
    expect(wide).toEqual([]);
    const views = await catalog(sql`select viewname from pg_views where schemaname = 'public'`);
    expect(views).toEqual([]);
  });

  it("stand on every table that belongs to an organisation", async () => {
    const bare = await catalog<{ t: string }>(sql`select t from unnest(array[${sql.join(
      ofOrganisations.map((name) => sql`${name}`),
      sql`, `,
    )}]::text[]) t
      where not exists (select from pg_policies p where p.tablename = t and 'guazu_app' = any (p.roles))`);
    expect(bare).toEqual([]);
    expect(ofOrganisations.length).toBeGreaterThan(20);
  });

  it("leave no way into proofs of identity, raw bodies or the queue", async () => {
    for (const name of CLOSED) {
      const asked = inScope({ orgId: a.orgId }, (tx) => tx.execute(sql`select 1 from ${table(name)} limit 1`));
      expect(databaseErrorCode(await asked.catch((e) => e)), name).toBe("42501");
    }
    const jobs = inScope({ orgId: a.orgId }, (tx) => tx.execute(sql`select 1 from graphile_worker._private_jobs`));
    expect(databaseErrorCode(await jobs.catch((e) => e))).toBe("42501");
    const history = inScope({ orgId: a.orgId }, (tx) => tx.execute(sql`delete from ticket_event`));
    expect(databaseErrorCode(await history.catch((e) => e))).toBe("42501");
  });
});

describe("two organisations' rows (TA7)", () => {
  it("are in every table, or these tests would prove nothing", async () => {
    for (const name of ofOrganisations) {
      for (const world of [a, b]) {
        const [row] = await catalog<{ n: number }>(
          sql`select count(*)::int as n from ${table(name)} where org_id = ${world.orgId}`,
        );
        expect(row?.n, name).toBeGreaterThan(0);
      }
    }
  });

  it("are hidden without a setting", async () => {
    for (const name of [...ofOrganisations, "organisation", "account"]) {
      const { rows } = await inScope({}, (tx) => tx.execute(sql`select count(*)::int as n from ${table(name)}`));
      expect(rows, name).toEqual([{ n: 0 }]);
    }
  });

  it("are seen by their own only, whole rows searched for the other's canary", async () => {
    for (const name of ofOrganisations) {
      const { rows } = await inScope({ orgId: a.orgId }, (tx) =>
        tx.execute<{ own: number; foreign_rows: number; canaries: number }>(sql`
          select count(*) filter (where org_id = ${a.orgId})::int as own,
            count(*) filter (where org_id is distinct from ${a.orgId})::int as foreign_rows,
            count(*) filter (where position(${b.canary} in t::text) > 0)::int as canaries from ${table(name)} t`),
      );
      expect(rows[0], name).toMatchObject({ foreign_rows: 0, canaries: 0 });
      expect(rows[0]?.own, name).toBeGreaterThan(0);
    }
    const { rows } = await inScope({ orgId: a.orgId }, (tx) => tx.execute(sql`select id from organisation`));
    expect(rows).toEqual([{ id: a.orgId }]);
  });

  it("cannot be written for the other: neither inserted nor moved nor changed", async () => {
    for (const name of ofOrganisations) {
      const foreign = sql`jsonb_build_object('org_id', ${b.orgId}::text)`;
      const inserted = inScope({ orgId: a.orgId }, (tx) =>
        tx.execute(
          sql`insert into ${table(name)} select (jsonb_populate_record(t, ${foreign})).* from ${table(name)} t limit 1`,
        ),
      );
      expect(databaseErrorCode(await inserted.catch((e) => e)), `insert ${name}`).toBe("42501");
      const moved = inScope({ orgId: a.orgId }, (tx) => tx.execute(sql`update ${table(name)} set org_id = ${b.orgId}`));
      expect(databaseErrorCode(await moved.catch((e) => e)), `update ${name}`).toBe("42501");
    }
    const { rows } = await inScope({ orgId: a.orgId }, (tx) =>
      tx.execute(sql`update ticket set tags = '{x}' where org_id = ${b.orgId} returning id`),
    );
    expect(rows).toEqual([]);
  });
});

describe("an account that takes part in a conversation", () => {
  const read = (query: ReturnType<typeof sql>) =>
    inScope({ accountId: a.account.accountId }, (tx) => tx.execute<Record<string, unknown>>(query));

  it("reads what was said there, and never a note or that there was one", async () => {
    const { rows } = await read(sql`select visibility, conversation_id from message`);
    const said = { visibility: "public", conversation_id: a.accountConversation };
    // The account's own words, and the bot's two.
    expect(rows).toEqual([said, said, said]);
    const changes = await read(sql`select kind, public_rev from change order by id`);
    expect(changes.rows).toEqual([1, 2, 3].map((rev) => ({ kind: "message.created", public_rev: rev })));
  });

  it("sees nothing else of the organisation", async () => {
    for (const name of ["ticket", "ticket_event", "contact", "identity", "channel", "area", "flow_run", "outbox"]) {
      const { rows } = await read(sql`select count(*)::int as n from ${table(name)}`);
      expect(rows, name).toEqual([{ n: 0 }]);
    }
    const { rows } = await read(sql`select id from conversation`);
    expect(rows).toEqual([{ id: a.accountConversation }]);
  });

  it("no longer once it has left", async () => {
    await asSystem("test", (tx) =>
      tx.execute(sql`update participant set left_at = now() where account_id = ${a.account.accountId}`),
    );
    const { rows } = await read(sql`select 1 from message`);
    await asSystem("test", (tx) =>
      tx.execute(sql`update participant set left_at = null where account_id = ${a.account.accountId}`),
    );
    expect(rows).toEqual([]);
  });
});

describe("a connection that goes back to the pool (TA8)", () => {
  it("of 1,000 interleaved transactions none sees another's organisation, whatever their end", async () => {
    const left = Array.from({ length: 1_000 }, (_, i) => i);
    const seen: string[] = [];
    const one = async (i: number) => {
      const world = i % 2 ? a : b;
      const work = inScope({ orgId: world.orgId }, async (tx) => {
        const { rows } = await tx.execute<{ org_id: string }>(sql`select distinct org_id from ticket`);
        if (rows.length !== 1 || rows[0]?.org_id !== world.orgId) seen.push(`${i}: ${JSON.stringify(rows)}`);
        if (i % 5 === 0) throw new Error("rolled back");
        if (i % 7 === 0) await tx.execute(sql`select 1 / 0`);
      });
      await work.catch(() => {});
    };
    const worker = async () => {
      for (let i = left.shift(); i !== undefined; i = left.shift()) await one(i);
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    expect(seen).toEqual([]);
    const { pool } = database();
    const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
    try {
      for (const client of clients) {
        const { rows } = await client.query(
          "select current_setting('app.org_id', true) as org, current_setting('app.account_id', true) as account, current_user as role",
        );
        expect(rows[0].org || "").toBe("");
        expect(rows[0].account || "").toBe("");
        expect(rows[0].role).toBe("guazu_app");
      }
    } finally {
      for (const client of clients) client.release();
    }
  });

  it("a setting in a transaction as the system does not outlive it either", async () => {
    await asSystem("test", (tx) => tx.execute(sql`select 1`)).catch(() => {});
    const { rows } = await inScope({}, (tx) => tx.execute(sql`select count(*)::int as n from message`));
    expect(rows).toEqual([{ n: 0 }]);
  });
});
