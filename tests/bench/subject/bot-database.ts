import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { eq } from "drizzle-orm";
import { type AccountActor, SYSTEM } from "~/modules/accounts";
import type { Flow } from "~/modules/bots";
import { botAutomation, createFlow, publishDraft, setUpOrganisation } from "~/modules/bots/index.server";
import { registerAutomation } from "~/modules/tickets/index.server";
import { asSystem, closeDatabase, openDatabase } from "~/platform/db.server";
import { readEnv, setEnv } from "~/platform/env.server";
import { newId } from "~/platform/ids";
import { migrateJobs } from "~/platform/jobs/index.server";
import { startEmbeddedPostgres } from "~/platform/postgres/embedded.server";
import { transactAsSystem } from "~/platform/transact.server";
import { migrateDatabase, schema } from "~db/index.server";
import { temporaryDataDir } from "../../support/data/data-dir";
import { runQuery, withDatabase } from "../../support/postgres-query";

export type BotOrganisation = {
  url: string;
  orgId: string;
  handle: string;
  admin: AccountActor;
  /** Null where people answer. */
  bot: { flowId: string; versionId: string } | null;
};

/** Databases of one server, for organisations whose customers a bot answers first. */
export async function startBotDatabases({ durable }: { durable: boolean }) {
  setEnv(readEnv({ SECRET_KEY: "5ec4e7".repeat(11) }));
  registerAutomation(botAutomation);
  const dataDir = temporaryDataDir();
  const postgres = await startEmbeddedPostgres(dataDir, { durable });
  return {
    /** A migrated database, open from now on. */
    async open(name: string): Promise<string> {
      const url = withDatabase(postgres.url, name);
      await closeDatabase();
      await runQuery(withDatabase(postgres.url, "postgres"), `create database ${name}`);
      await migrateDatabase(url, { after: migrateJobs });
      openDatabase(url, { maxConnections: 10 });
      return url;
    },
    async stop() {
      await closeDatabase();
      await postgres.stop();
      rmSync(resolve(dataDir, ".."), { recursive: true, force: true });
    },
  };
}

/** An organisation in the open database, whose customers this flow answers, or people where there is none. */
export async function addOrganisation(url: string, handle: string, flow: Flow | null): Promise<BotOrganisation> {
  const accountId = newId();
  const email = `${handle}@example.test`;
  await asSystem("bench", (tx) => tx.insert(schema.account).values({ id: accountId, name: "Ana", email }));
  const made = await setUpOrganisation(SYSTEM, { handle, name: handle, locale: "es", adminAccountId: accountId });
  const { orgId, areaId, memberId } = made;
  const admin: AccountActor = {
    ...{ kind: "account", accountId, name: "Ana", email, sessionId: null, token: null },
    memberships: [{ orgId, memberId, role: "admin", areaIds: [areaId] }],
  };
  const bot = flow && (await answerWith(orgId, flow));
  return { url, orgId, handle, admin, bot };
}

const answerWith = (orgId: string, draft: Flow) =>
  transactAsSystem(SYSTEM, "bench", async (ctx) => {
    const row = await createFlow(ctx, { orgId, draft });
    const { versionId } = await publishDraft(ctx, row);
    await ctx.tx.update(schema.channel).set({ flowId: row.id }).where(eq(schema.channel.orgId, orgId));
    return { flowId: row.id, versionId };
  });
