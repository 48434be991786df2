import { sql } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";

/** Nobody writes, and nothing is said: true of every flow. */
const SILENT = {
  schema: 1,
  situation: { channel: "web", startsAt: "2026-01-01T00:00:00Z" },
  steps: [{ do: "wait", seconds: 1 }],
};

/** What an organisation's bots have besides their flows, each with the canary somewhere in it. */
export async function keepBotRows(orgId: string, canary: string): Promise<void> {
  const sealed = Buffer.from(canary);
  await asSystem("test", async (tx) => {
    const { rows } = await tx.execute<{ run: string; ticket: string; version: string; flow: string }>(sql`
      select r.id as run, r.ticket_id as ticket, r.flow_version_id as version, v.flow_id as flow
      from flow_run r join flow_version v on v.id = r.flow_version_id where r.org_id = ${orgId} limit 1`);
    const [ran] = rows;
    if (!ran) throw new Error("no bot has run in this world");
    await tx.insert(schema.flowPassage).values({
      ...{ orgId, runId: ran.run, ticketId: ran.ticket, flowVersionId: ran.version },
      ...{ place: 10_000, node: canary, enteredAt: new Date(0) },
    });
    await tx.insert(schema.flowScenario).values({ id: newId(), orgId, flowId: ran.flow, name: canary, script: SILENT });
    const question = { language: "es" as const, questions: [canary], answer: canary };
    await tx.insert(schema.faqEntry).values({ id: newId(), orgId, ...question });
    await tx.insert(schema.orgSecret).values({ id: newId(), orgId, name: "canary", sealed });
    await tx.insert(schema.aiEndpoint).values({ orgId, baseUrl: "https://example.test", model: canary });
    await tx.insert(schema.aiUse).values({ orgId, day: "2026-01-01" });
  });
}
