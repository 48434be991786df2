import { and, count, eq, isNull } from "drizzle-orm";
import { defaultLanguage, toLanguage } from "~/i18n/languages";
import type { Actor } from "~/modules/accounts";
import { lockAndAuthorise, readOrganisation, recordAudit } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { createFlow } from "../editing/create-flow.server";
import { type Draft, draftSchema } from "../editing/draft";
import { findFlow } from "../editing/find-flow.server";
import { readLintContext } from "../editing/read-lint-context.server";
import { STARTERS } from "../starters/starters";
import { type KnownThings, type MissingReference, mapDraftReferences, missingReferences } from "./draft-references";
import { asDraft, emptyDraft } from "./starters";
import { checkFlowName, readStored } from "./stored-draft";

/** How many flows an organisation may keep. */
export const MOST_FLOWS = 200;

/** What flows of an organisation may name. */
async function thingsOf(ctx: Pick<Context, "tx">, orgId: string): Promise<KnownThings> {
  const { areas, members, flows } = await readLintContext(ctx, orgId, null);
  return { area: areas, member: members, flow: flows } as KnownThings;
}

async function add(ctx: Context<Actor>, orgId: string, draft: Draft): Promise<string> {
  const { flow } = schema;
  const [kept] = await ctx.tx
    .select({ flows: count() })
    .from(flow)
    .where(and(eq(flow.orgId, orgId), isNull(flow.archivedAt)));
  if ((kept?.flows ?? 0) >= MOST_FLOWS) throw invalid("too_many_flows", { most: MOST_FLOWS });
  const row = await createFlow(ctx, { orgId, draft });
  await recordAudit(ctx, { orgId, action: "flow.created", subject: { id: row.id, name: row.name } });
  return row.id;
}

/** The area to which a starter's own go where the organisation has none of that name: its first. */
async function placed(ctx: Context<Actor>, orgId: string, draft: Draft): Promise<Draft> {
  const known = await thingsOf(ctx, orgId);
  const [first] = known.area ?? [];
  return mapDraftReferences(draft, ({ kind, value }) =>
    kind === "area" && first && !known.area?.includes(value) ? first : value,
  );
}

/**
 * Adds a flow that begins with a starter, or empty where `starter` is null.
 * @returns its id
 * @throws AppError `not_found`, `forbidden`; 422 `flow_name_invalid`, `starter_unknown`, `too_many_flows`
 */
export const addFlow = (
  actor: Actor,
  orgId: string,
  input: { name: string; starter: string | null },
): Promise<string> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const name = checkFlowName(input.name);
    const language = toLanguage((await readOrganisation(ctx, orgId)).locale) ?? defaultLanguage;
    if (input.starter === null) return add(ctx, orgId, emptyDraft(name, language));
    const starter = Object.hasOwn(STARTERS, input.starter)
      ? STARTERS[input.starter as keyof typeof STARTERS]
      : undefined;
    if (!starter) throw invalid("starter_unknown");
    return add(ctx, orgId, { ...(await placed(ctx, orgId, asDraft(starter(language)))), name });
  });

/**
 * Keeps a draft as a flow of its own: a copy of another's, or what somebody drew while another one saved.
 * @throws AppError `not_found`, `forbidden`; 422 `flow_unreadable`, `too_many_flows`
 */
export const copyFlow = (
  actor: Actor,
  orgId: string,
  flowId: string,
  input: { name: string; draft?: unknown },
): Promise<string> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const row = await findFlow(ctx, orgId, flowId);
    return add(ctx, orgId, { ...readStored(input.draft ?? row.draft), name: checkFlowName(input.name) });
  });

export type Imported = { id: string } | { missing: MissingReference[]; name: string };

/**
 * Adds the flow of an exported file. What it names and the organisation does not have has to be replaced first: as long as
 * `instead` lacks something, nothing is stored, and what is missing is told.
 * @param input.instead by `<kind> <value>` what stands for it; an empty text leaves it as it is
 * @throws AppError `not_found`, `forbidden`; 422 `flow_file_unreadable`, `too_many_flows`
 */
export const importFlow = (
  actor: Actor,
  orgId: string,
  input: { text: string; instead: { readonly [reference: string]: string } },
): Promise<Imported> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const draft = readFile(input.text);
    const known = await thingsOf(ctx, orgId);
    const missing = missingReferences(draft, known);
    if (missing.some(({ kind, value }) => input.instead[`${kind} ${value}`] === undefined))
      return { missing, name: draft.name };
    const replaced = mapDraftReferences(draft, ({ kind, value }) => {
      const instead = input.instead[`${kind} ${value}`];
      return instead && known[kind]?.includes(instead) ? instead : value;
    });
    return { id: await add(ctx, orgId, replaced) };
  });

function readFile(text: string): Draft {
  try {
    const read = draftSchema.safeParse(JSON.parse(text));
    if (read.success) return read.data;
  } catch {
    // No JSON at all is refused in the same words.
  }
  throw invalid("flow_file_unreadable");
}
