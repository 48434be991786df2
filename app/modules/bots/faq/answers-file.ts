import { type CsvRecord, createCsvParser, guessSeparator } from "~/modules/contacts";
import { CSV_BEGIN, csvLine } from "~/platform/csv/csv-line";
import { type AnswerFields, answerFields, type FaqAnswer } from "./answer-fields";

/** The headings of a file of answers; one wording of the question to a line of its cell. */
export const ANSWER_COLUMNS = ["language", "questions", "answer", "enabled"] as const;

/** What is wrong with a line of a file; null for what is wrong with the whole line. */
export type LineProblem = { line: number; column: string | null; code: string };

export type AnswerLine = { line: number; fields: AnswerFields };

const [LANGUAGE, QUESTIONS, ANSWER, ENABLED] = ANSWER_COLUMNS;

/** The answers as a file that `readAnswersFile` takes. */
export function answersFile(answers: readonly FaqAnswer[]): string {
  const lines = answers.map(({ language, questions, answer, enabled }) =>
    csvLine([language, questions.join("\n"), answer, enabled ? "yes" : "no"]),
  );
  return CSV_BEGIN + csvLine([...ANSWER_COLUMNS]) + lines.join("");
}

function recordsOf(text: string): { records: CsvRecord[]; problems: LineProblem[] } {
  const parser = createCsvParser(guessSeparator(text));
  const first = parser.push(text);
  const { records, fault } = parser.end();
  const wrong = parser.fault ?? fault;
  return { records: [...first, ...records], problems: wrong ? [{ ...wrong, column: null }] : [] };
}

/** Without the apostrophe by which an export makes a cell harmless. */
const plain = (cell: string) => cell.replace(/^'(?=[\s\u00a0\ufeff]*[=+\-@|%＝＋－＠])/, "").trim();

const NO = new Set(["no", "0", "false", "não", "nao"]);

function fieldsOf({ line, cells }: CsvRecord, columns: readonly string[]): AnswerLine | LineProblem {
  if (cells.slice(columns.length).some((cell) => cell.trim())) return { line, column: null, code: "too_many_cells" };
  const cell = (name: string) => plain(cells[columns.indexOf(name)] ?? "");
  const read = answerFields.safeParse({
    language: cell(LANGUAGE).toLowerCase(),
    questions: cell(QUESTIONS)
      .split(/\r\n|\r|\n/)
      .filter((words) => words.trim() !== ""),
    answer: cell(ANSWER),
    enabled: !NO.has(cell(ENABLED).toLowerCase()),
  });
  if (read.success) return { line, fields: read.data };
  const [issue] = read.error.issues;
  const column = String(issue?.path[0] ?? "");
  return { line, column, code: column === LANGUAGE ? "answer_language_invalid" : (issue?.message ?? "invalid") };
}

/**
 * The answers that stand in a file, and what is wrong with its other lines. The first line has the headings, in any order;
 * `enabled` may be left out. Pure.
 */
export function readAnswersFile(text: string): { lines: AnswerLine[]; problems: LineProblem[]; all: number } {
  const { records, problems } = recordsOf(text.replace(/^\ufeff/, ""));
  const [headings, ...rest] = records;
  const columns = (headings?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const missing = ANSWER_COLUMNS.find((name) => name !== ENABLED && !columns.includes(name));
  if (missing) return { lines: [], problems: [{ line: 1, column: missing, code: "answer_column_missing" }], all: 0 };
  const read = rest.map((record) => fieldsOf(record, columns));
  return {
    lines: read.filter((one): one is AnswerLine => "fields" in one),
    problems: [...read.filter((one): one is LineProblem => "code" in one), ...problems],
    all: rest.length,
  };
}
