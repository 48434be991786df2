import { botAutomation } from "~/modules/bots/index.server";
import { registerAutomation } from "~/modules/tickets/index.server";
import { closeDatabase, openDatabase } from "~/platform/db.server";
import { readEnv, setEnv } from "~/platform/env.server";
import { type FullWorld, makeFullWorld } from "../../support/full-world";
import { testDatabase } from "../../support/postgres";
import { runQuery } from "../../support/postgres-query";
import { type Product, startProduct } from "../../support/product";

export const PASSWORD = "guazu-demo-2026";
/** As the installation's address says; it is spoken to without TLS, as behind a proxy. */
export const PUBLIC = "https://guazu.test";
const SECRET_KEY = "5ec4e7".repeat(11);

export type Installation = {
  product: Product;
  databaseUrl: string;
  /** Another organisation on the same installation. */
  other: FullWorld;
  /** Session cookies of the demo's people. */
  cookies: Record<"admin" | "agente" | "cliente", string>;
  ids: { ticket: string; conversation: string; contact: string; area: string };
  dispose(): Promise<void>;
};

/** Counts what is written to the product's own tables, row by row, whoever does it. */
/** When an account was last there is written now and then, whatever is asked meanwhile. */
const ACCOUNT = "of name, email, image, locale, handle, findable, shows_presence";
/** When a member was last here is no write of theirs. */
const MEMBER = "of role, availability, cap, removed_at";
/** What the product adds up by itself, whoever asks what. */
const BY_THE_CLOCK = "report_hour,report_cursor,ticket_count";
const COUNTER = `
  create sequence public.writes;
  create function public.count_write() returns trigger language plpgsql security definer as
    $$ begin perform nextval('public.writes'); return null; end $$;
  do $$ declare t text; begin
    for t in select tablename from pg_tables where schemaname = 'public' and tablename <> all('{${BY_THE_CLOCK}}') loop
      execute format('create trigger count_write after insert or delete or update %s on public.%I for each row execute function public.count_write()',
        case t when 'account' then '${ACCOUNT}' when 'member' then '${MEMBER}' else '' end, t);
    end loop;
  end $$;`;

/** The built product behind https with the demo, and a second organisation of which every text holds its canary. */
export async function startInstallation(): Promise<Installation> {
  const made = await testDatabase();
  const env = { DATABASE_URL: made.url, LOG_LEVEL: "silent", PUBLIC_URL: PUBLIC, SECRET_KEY };
  const product = await startProduct({ env });
  setEnv(readEnv({ SECRET_KEY, META_APP_SECRET: "app-secret" }));
  openDatabase(made.url);
  registerAutomation(botAutomation);
  const other = await makeFullWorld();
  await closeDatabase();
  const [row] = await runQuery(
    made.url,
    "select t.id, t.org_id, t.contact_id, t.area_id, conversation_id from ticket t join organisation o on o.id = t.org_id where o.handle = 'demo' and state = 'open' limit 1",
  );
  const cookies = { admin: "", agente: "", cliente: "" };
  const inner = `http://127.0.0.1:${product.port}`;
  for (const who of ["admin", "agente", "cliente"] as const) cookies[who] = await signIn(inner, `${who}@demo.test`);
  await runQuery(made.url, COUNTER);
  return {
    product,
    databaseUrl: made.url,
    other,
    cookies,
    ids: {
      ticket: String(row?.id),
      conversation: String(row?.conversation_id),
      contact: String(row?.contact_id),
      area: String(row?.area_id),
    },
    async dispose() {
      await product.dispose();
      await made.drop();
    },
  };
}

/** How many rows were written since `startInstallation`. */
export const writesOf = async ({ databaseUrl }: Installation): Promise<number> =>
  Number((await runQuery(databaseUrl, "select last_value, is_called from public.writes"))[0]?.last_value ?? 0);

async function signIn(url: string, email: string): Promise<string> {
  const body = new URLSearchParams({ email, password: PASSWORD });
  const headers = { origin: PUBLIC };
  const answer = await fetch(`${url}/login`, { method: "POST", body, redirect: "manual", headers });
  if (answer.status !== 302) throw new Error(`${email} cannot sign in: ${answer.status}`);
  return (answer.headers.getSetCookie()[0] ?? "").split(";", 1)[0] ?? "";
}
