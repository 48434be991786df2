import { z } from "zod";
import { languages } from "~/i18n/languages";
import type { Actor } from "~/modules/accounts";
import { invalid } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { compileDraft } from "../compile/compile-draft.server";
import { findFlow } from "../editing/find-flow.server";
import { tryQuestion } from "../faq/find-answers.server";
import type { MatchedAnswer } from "../faq/match-questions.server";
import { type Flow, parseFlow } from "../flow";

/**
 * What would run of a flow as it is drawn now, saved or not: as publishing makes it, with the flows that it calls in it.
 * @throws AppError `not_found`, `forbidden`; 422 `flow_unreadable`, `flow_has_problems` as `compileDraft`
 */
export const compileDrawn = (actor: Actor, orgId: string, flowId: string, drawn: unknown): Promise<Flow> =>
  transact(actor, { orgId }, async (ctx) => {
    const row = await findFlow(ctx, orgId, flowId);
    const read = parseFlow(drawn);
    if (!read.ok) throw invalid("flow_unreadable");
    return compileDraft(ctx, row, read.flow);
  });

const asked = z.object({ text: z.string().max(1_000), language: z.enum(languages) });

/** What an FAQ node of the flow would find for a question. @throws AppError `not_found`, `forbidden`; 422 `invalid_request` */
export const findForTrial = (
  actor: Actor,
  orgId: string,
  flowId: string,
  input: unknown,
): Promise<{ answers: MatchedAnswer[] }> =>
  transact(actor, { orgId }, async (ctx) => {
    await findFlow(ctx, orgId, flowId);
    const read = asked.safeParse(input);
    if (!read.success) throw invalid("invalid_request");
    return { answers: await tryQuestion(ctx, orgId, read.data) };
  });
