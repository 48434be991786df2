import { z } from "zod";
import { languages } from "~/i18n/languages";
import type { FaqAnswer } from "~/modules/bots";
import { changeAnswer, createAnswer, deleteAnswer, pageOfAnswers } from "~/modules/bots/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../../endpoint";
import { paging } from "../../paging";
import { faqAnswer } from "../../shapes/administration/knowledge";

const fields = {
  language: z.enum(languages),
  questions: z
    .array(z.string().max(1_000))
    .max(100)
    .describe("1 to 20 wordings of the question, each up to 300 letters"),
  answer: z.string().max(10_000).describe("Up to 4,000 letters"),
  enabled: z.boolean().describe("Bots use it"),
};
const wrong = ["answer_questions_invalid", "answer_text_invalid"];

const view = ({ updatedAt, ...answer }: FaqAnswer) => ({ ...answer, updated_at: updatedAt });

export const answers = [
  endpoint({
    method: "GET",
    path: "/answers",
    name: "listAnswers",
    summary: "The answers that bots give to what customers ask again and again, the newest first. For admins.",
    access: "member",
    scope: "flows:read",
    query: z.object({ ...paging, q: z.string().max(200).describe("Part of a question or an answer").optional() }),
    answer: z.array(faqAnswer),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query: { q, ...query } }) => {
      const page = await transact(actor, { orgId }, (ctx) => pageOfAnswers(ctx, orgId, { ...query, words: q }));
      return { data: page.answers.map(view), nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/answers",
    name: "createAnswer",
    summary: "Keep an answer with the questions it answers. For admins.",
    access: "member",
    scope: "flows:write",
    body: z.strictObject({ ...fields, enabled: fields.enabled.default(true) }),
    answer: faqAnswer,
    statuses: [201],
    refusals: { 409: ["too_many_answers"], 422: wrong },
    handle: async ({ actor, orgId, body, onceId }) => ({
      status: 201,
      data: view(await transact(actor, { orgId }, (ctx) => createAnswer(ctx, orgId, body, onceId))),
    }),
  }),
  endpoint({
    method: "PATCH",
    path: "/answers/:id",
    name: "updateAnswer",
    summary: "Change an answer. What is not named stays. For admins.",
    access: "member",
    scope: "flows:write",
    body: z.strictObject(fields).partial(),
    answer: faqAnswer,
    refusals: { 422: wrong },
    handle: async ({ actor, orgId, params, body: change }) => {
      const input = { orgId, answerId: params.id ?? "", change };
      return { data: view(await transact(actor, { orgId }, (ctx) => changeAnswer(ctx, input))) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/answers/:id",
    name: "deleteAnswer",
    summary: "Forget an answer; the reply says what it was. For admins.",
    access: "member",
    scope: "flows:write",
    answer: faqAnswer,
    handle: async ({ actor, orgId, params }) => ({
      data: view(await transact(actor, { orgId }, (ctx) => deleteAnswer(ctx, orgId, params.id ?? ""))),
    }),
  }),
];
