import { z } from "zod";
import { languages } from "~/i18n/languages";

const MOST_WORDINGS = 20;

/** What PostgreSQL's text cannot hold. */
const line = (most: number, code: string) =>
  z
    .string(code)
    .transform((text) => text.replaceAll("\u0000", "").toWellFormed().trim())
    .pipe(z.string().min(1, code).max(most, code));

/** What admins may write; each message is the code of the text for people. */
export const answerFields = z.strictObject({
  language: z.enum(languages, "invalid"),
  /** The first is the answer's title; the others are further wordings. */
  questions: z
    .array(line(300, "answer_questions_invalid"))
    .min(1, "answer_questions_invalid")
    .max(MOST_WORDINGS, "answer_questions_invalid")
    .transform((all) => [...new Set(all)]),
  answer: line(4_000, "answer_text_invalid"),
  enabled: z.boolean().default(true),
});

export type AnswerFields = z.input<typeof answerFields>;
export type FaqAnswer = z.output<typeof answerFields> & { id: string; updatedAt: string };
