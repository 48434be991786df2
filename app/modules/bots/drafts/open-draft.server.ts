import { asc, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { listTags } from "~/modules/contacts/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Draft } from "../editing/draft";
import { findFlow } from "../editing/find-flow.server";
import { readLintContext } from "../editing/read-lint-context.server";
import type { LintContext } from "../lint/rule";
import { readStored } from "./stored-draft";

export type Named = { id: string; name: string };

/** What a flow can name besides itself. */
export type EditorThings = {
  areas: Named[];
  members: Named[];
  flows: Named[];
  tags: string[];
  /** Closing reasons of the organisation's own; null for the usual ones. */
  reasons: string[] | null;
  lint: LintContext;
};

export type OpenDraft = { id: string; revision: number; published: boolean; draft: Draft; things: EditorThings };

/** A flow's draft with all that its editor offers. @throws AppError `not_found`, `forbidden`; 422 `flow_unreadable` */
export const openDraft = (actor: Actor, orgId: string, flowId: string): Promise<OpenDraft> =>
  transact(actor, { orgId }, async (ctx) => {
    const row = await findFlow(ctx, orgId, flowId);
    const { account, area, flow, member, organisation } = schema;
    const { tx } = ctx;
    const lint = await readLintContext(ctx, orgId, row.id);
    const known = new Set([...lint.areas, ...lint.members, ...lint.flows]);
    const living = ({ id }: Named) => known.has(id);
    const areas = await tx
      .select({ id: area.id, name: area.name })
      .from(area)
      .where(eq(area.orgId, orgId))
      .orderBy(asc(area.position));
    const members = await tx
      .select({ id: member.id, name: account.name })
      .from(member)
      .innerJoin(account, eq(account.id, member.accountId))
      .where(eq(member.orgId, orgId))
      .orderBy(asc(account.name));
    const flows = await tx
      .select({ id: flow.id, name: flow.name })
      .from(flow)
      .where(eq(flow.orgId, orgId))
      .orderBy(asc(flow.name));
    const tags = await listTags(ctx, orgId);
    const [org] = await tx
      .select({ reasons: organisation.closingReasons })
      .from(organisation)
      .where(eq(organisation.id, orgId));
    return {
      id: row.id,
      revision: row.draftRevision,
      published: row.publishedVersionId !== null,
      draft: readStored(row.draft),
      things: {
        areas: areas.filter(living),
        members: members.filter(living),
        flows: flows.filter((one) => living(one) && one.id !== row.id),
        tags: tags.map(({ name }) => name),
        reasons: org?.reasons ?? null,
        lint,
      },
    };
  });

/** A flow's draft as a file. @throws AppError `not_found`, `forbidden` */
export const exportFlow = (actor: Actor, orgId: string, flowId: string): Promise<{ name: string; draft: Draft }> =>
  transact(actor, { orgId }, async (ctx) => {
    const row = await findFlow(ctx, orgId, flowId);
    await recordAudit(ctx, { orgId, action: "flow.exported", subject: row });
    return { name: row.name, draft: readStored(row.draft) };
  });
