import { makeSecret } from "~/modules/webhooks/webhook-secret.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";

type Place = { orgId: string; contactId: string; otherContactId: string; ticketId: string; memberId: string };

/** One row of each of an organisation's tables that no verb filled yet; every text is the canary. */
export async function addDeskRows(place: Place & { areaId: string; groupId: string; canary: string }) {
  const { orgId, contactId, otherContactId, ticketId, memberId, areaId, groupId, canary } = place;
  const at = new Date();
  const otherTag = newId();
  const row = { id: newId(), orgId, createdAt: at };
  const tool = { ...row, scope: "area", areaId } as const;
  const day = at.toISOString().slice(0, 10);
  await asSystem("test", async (tx) => {
    await tx.insert(schema.holiday).values({ ...row, day, name: canary });
    await tx
      .insert(schema.auditEntry)
      .values({ ...row, actorKind: "member", actorName: canary, action: "area.changed" });
    await tx
      .insert(schema.tag)
      .values({ ...row, name: canary })
      .onConflictDoNothing();
    await tx.insert(schema.tag).values({ ...row, id: otherTag, name: `${canary} otra` });
    // The clock of a running product finds nothing to tell it, and nothing on its way.
    const hook = { url: `https://${canary}.example/hook`, events: ["ticket.changed"], cursor: "1000000000000000000.0" };
    const { sealed } = makeSecret(row);
    await tx.insert(schema.webhook).values({ ...row, ...hook, memberId, sealedSecret: sealed });
    const event = {
      event: "ticket.changed",
      ticketId,
      line: row.id,
      nextAt: at,
      at,
      state: "sent",
      doneAt: at,
    } as const;
    await tx.insert(schema.webhookDelivery).values({ ...row, ...event, webhookId: row.id, error: canary });
    await tx
      .insert(schema.customField)
      .values({ ...row, subject: "contact", key: canary, label: canary, kind: "text" });
    await tx
      .insert(schema.contactMerge)
      .values({ ...row, keptId: contactId, mergedId: otherContactId, before: { name: canary }, byName: canary });
    const counts = { dryRun: true, lines: 0, created: 0, updated: 0, problems: [] };
    await tx.insert(schema.contactImport).values({ ...row, ...counts, byName: canary, fileName: canary });
    await tx
      .insert(schema.erasure)
      .values({ id: row.id, orgId, contactId: otherContactId, byName: canary, reason: canary, requestedAt: at });
    await tx.insert(schema.cannedReply).values({ ...tool, shortcut: canary, title: canary, text: canary });
    await tx.insert(schema.savedView).values({ ...row, name: canary, filter: canary });
    await tx.insert(schema.reportHour).values({ orgId, hour: at, metric: "opened", tag: canary, count: 1 });
    await tx.insert(schema.notice).values({ ...row, memberId, ticketId, kind: "assigned", byName: canary });
    await tx.insert(schema.ticketReader).values({ orgId, ticketId, memberId });
    await tx.insert(schema.ticketThread).values({ orgId, ticketId, conversationId: groupId });
  });
  const { id } = row;
  return { holiday: id, field: id, tag: id, webhook: id, delivery: id, otherTag };
}
