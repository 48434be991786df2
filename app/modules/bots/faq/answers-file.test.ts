import { expect, it } from "vitest";
import { answersFile, readAnswersFile } from "./answers-file";

const one = (more: object = {}) => ({
  ...{ id: "x", language: "es" as const, questions: ['=¿"Hacen"; envíos?', "¿Mandan al interior?"], enabled: true },
  ...{ answer: "Sí,\na todo el país.", updatedAt: "2026-11-27T00:00:00.000Z", ...more },
});

it("answers come back out of their file as they went in, and nothing in it is a formula (TA19)", () => {
  const answers = [one(), one({ language: "pt", enabled: false, questions: ["Tem loja?"], answer: "=1+1" })];
  const file = answersFile(answers);
  expect(file).not.toMatch(/(^|,|\n)"?=/);
  const { lines, problems, all } = readAnswersFile(file);
  expect([problems, all]).toEqual([[], 2]);
  expect(lines.map(({ fields }) => fields)).toEqual(
    answers.map(({ language, questions, answer, enabled }) => ({ language, questions, answer, enabled })),
  );
});

it("each wrong line is told with its number, its column and why; the others are read", () => {
  const file = [
    "answer;language;questions",
    "Sí;es;¿Abren?",
    "No;fr;¿Ouvrez?",
    "Sí;es;",
    ";es;¿Hoy?",
    "Sí;es;¿Mañana?;más",
    'Sí;es;"¿Siempre?',
  ].join("\n");
  const { lines, problems } = readAnswersFile(file);
  expect(lines.map(({ line, fields }) => [line, fields.answer, fields.enabled])).toEqual([[2, "Sí", true]]);
  expect(problems.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
    "3 language answer_language_invalid",
    "4 questions answer_questions_invalid",
    "5 answer answer_text_invalid",
    "6 null too_many_cells",
    "7 null quote_open",
  ]);
  expect(readAnswersFile("a,b\n1,2")).toMatchObject({ lines: [], problems: [{ column: "language", line: 1 }] });
  expect(readAnswersFile("")).toMatchObject({ lines: [], problems: [{ code: "answer_column_missing" }] });
});
