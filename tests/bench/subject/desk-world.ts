import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { sql } from "drizzle-orm";
import { type AccountActor, SYSTEM } from "~/modules/accounts";
import { botAutomation, setUpOrganisation } from "~/modules/bots/index.server";
import { rollUp } from "~/modules/reports/index.server";
import { registerAutomation } from "~/modules/tickets/index.server";
import { asSystem, closeDatabase, openDatabase } from "~/platform/db.server";
import { readEnv, setEnv } from "~/platform/env.server";
import { newId } from "~/platform/ids";
import { migrateJobs } from "~/platform/jobs/index.server";
import { startEmbeddedPostgres } from "~/platform/postgres/embedded.server";
import { migrateDatabase, schema } from "~db/index.server";
import { loadDemo } from "../../../app/runtime/load-demo/load-demo.server";
import { recountDesk } from "../../../app/runtime/load-demo/recount-desk.server";
import { temporaryDataDir } from "../../support/data/data-dir";
import { runQuery, withDatabase } from "../../support/postgres-query";

const MESSAGES_A_TICKET = 5;

/** An organisation with so many tickets, in a database of its own. */
export type Desk = { url: string; tickets: number; orgId: string; admin: AccountActor; agent: AccountActor };

/** Desks of these sizes in databases of one server, each loaded, recounted, and its reports brought up to date. */
export async function startDesks(sizes: readonly number[], say: (text: string) => void) {
  setEnv(readEnv({ SECRET_KEY: "5ec4e7".repeat(11) }));
  registerAutomation(botAutomation);
  const dataDir = temporaryDataDir();
  const postgres = await startEmbeddedPostgres(dataDir, { durable: false });
  const desks: Desk[] = [];
  for (const tickets of sizes) {
    const url = withDatabase(postgres.url, `desk_${tickets}`);
    await runQuery(withDatabase(postgres.url, "postgres"), `create database desk_${tickets}`);
    await migrateDatabase(url, { after: migrateJobs });
    const began = Date.now();
    desks.push(await fill(url, tickets));
    say(`${tickets.toLocaleString("en")} tickets loaded and counted in ${Math.round((Date.now() - began) / 1000)} s`);
  }
  return {
    desks,
    async stop() {
      await closeDatabase();
      await postgres.stop();
      rmSync(resolve(dataDir, ".."), { recursive: true, force: true });
    },
  };
}

async function fill(url: string, tickets: number): Promise<Desk> {
  openDatabase(url, { maxConnections: 4 });
  const { orgId, admin, agent } = await makePeople();
  await loadDemo(
    orgId,
    { tickets, messages: tickets * MESSAGES_A_TICKET },
    () => {},
    () => false,
  );
  const { differences } = await recountDesk(orgId);
  if (differences.length > 0) throw new Error(`the load is wrong: ${JSON.stringify(differences)}`);
  while (await pastWaits()) await rollUp();
  await closeDatabase();
  await runQuery(url, "vacuum analyze");
  return { url, tickets, orgId, admin, agent };
}

async function newAccount(name: string): Promise<AccountActor> {
  const accountId = newId();
  const email = `${accountId}@example.test`;
  await asSystem("bench", (tx) => tx.insert(schema.account).values({ id: accountId, name, email }));
  return { kind: "account", accountId, name, email, sessionId: null, memberships: [], token: null };
}

/** An organisation with two areas, an admin in both, and an agent in the second alone. */
async function makePeople(): Promise<{ orgId: string; admin: AccountActor; agent: AccountActor }> {
  const [admin, agent] = [await newAccount("Ana"), await newAccount("Bruno")];
  const organisation = { handle: "medida", name: "Medida", locale: "es" as const, adminAccountId: admin.accountId };
  const { orgId, areaId, memberId } = await setUpOrganisation(SYSTEM, organisation);
  const [support, agentId] = [newId(), newId()];
  await asSystem("bench", async (tx) => {
    await tx.insert(schema.area).values({ id: support, orgId, name: "Soporte", position: 1 });
    await tx.insert(schema.member).values({ id: agentId, orgId, accountId: agent.accountId, role: "agent" });
    await tx.insert(schema.areaMember).values({ orgId, areaId: support, memberId: agentId });
  });
  return {
    orgId,
    admin: { ...admin, memberships: [{ orgId, memberId, role: "admin", areaIds: [areaId, support] }] },
    agent: { ...agent, memberships: [{ orgId, memberId: agentId, role: "agent", areaIds: [support] }] },
  };
}

const pastWaits = async () =>
  (await asSystem("bench", (tx) => tx.execute(sql`select 1 from report_cursor where id = 2`))).rows.length > 0;
