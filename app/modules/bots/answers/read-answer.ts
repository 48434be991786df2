import { languages } from "~/i18n/languages";
import { readPhone } from "~/modules/contacts";
import { botTexts } from "../wording/bot-texts";
import type { Json } from "../wording/json";
import { type DocumentKind, readDocument } from "./documents";
import { type Answer, answerWords } from "./match-answer";
import { normaliseAnswer } from "./normalise-answer";
import { readPattern } from "./patterns";
import { readDate } from "./read-date";
import { readNumber } from "./read-number";

/** What a question asks for. */
export const ANSWER_TYPES = [
  "text",
  "number",
  "email",
  "phone",
  "date",
  "yes_no",
  "file",
  "location",
  "rating",
  "document",
  "pattern",
] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];

/** What the question narrows down, and the moment and place that words such as "tomorrow" depend on. */
export type Asked = {
  type: AnswerType;
  documents: readonly DocumentKind[];
  pattern: string | null;
  photosOnly: boolean;
  min: number | null;
  max: number | null;
  language: string;
  now: string;
  timeZone: string;
  region: string;
};

/** The value as a variable keeps it, and as people read it. */
export type ReadAnswer = { value: Json; shown: string };

const EMAIL = /^[^\s@<>()[\],;:"\\]{1,64}@[^\s@<>()[\],;:"\\]+\.[^\s@<>()[\],;:"\\]{2,}$/u;
const WORDS = /^(?:text|interactive)$/;

const texts = languages.map(botTexts);
const YES = new Set(texts.flatMap(({ yesWords }) => yesWords.map(normaliseAnswer)));
const NO = new Set(texts.flatMap(({ noWords }) => noWords.map(normaliseAnswer)));
const NUMBER_WORDS = texts.map(({ numberWords }) => numberWords.map(normaliseAnswer));

/** Words that were written or tapped; "" of a sticker or a voice note. */
const said = (answer: Answer): string => (WORDS.test(answer.kind) ? (answer.text ?? "").trim() : "");

const found = (value: Json, shown = String(value)): ReadAnswer => ({ value, shown });

function number(answer: Answer, { language, min, max }: Asked): ReadAnswer | null {
  const value = readNumber(said(answer), language);
  return value === null || value < (min ?? value) || value > (max ?? value) ? null : found(value);
}

function email(answer: Answer): ReadAnswer | null {
  const value = said(answer).toLowerCase();
  return value.length <= 254 && EMAIL.test(value) ? found(value) : null;
}

function phone(answer: Answer, { region }: Asked): ReadAnswer | null {
  const written = said(answer);
  const read = written.length <= 60 ? readPhone(written, region) : null;
  return read && found(read.phone);
}

function date(answer: Answer, { now, timeZone }: Asked): ReadAnswer | null {
  const value = readDate(said(answer), now, timeZone);
  return value === null ? null : found(value);
}

function yesNo(answer: Answer): ReadAnswer | null {
  const words = answerWords(answer);
  if (!YES.has(words) && !NO.has(words)) return null;
  return found(YES.has(words), said(answer));
}

function file(answer: Answer, { photosOnly }: Asked): ReadAnswer | null {
  const fit = (answer.files ?? []).find((one) => !photosOnly || one.kind === "image");
  return fit ? found({ ...fit }, fit.name ?? fit.kind) : null;
}

function location(answer: Answer): ReadAnswer | null {
  const { place } = answer;
  if (!place) return null;
  const words = [place.name, place.address].filter(Boolean).join(", ");
  return found({ ...place }, words || `${place.latitude}, ${place.longitude}`);
}

/** Also "4 estrellas", "⭐⭐⭐⭐", "cuatro", "4/5". */
function rating(answer: Answer): ReadAnswer | null {
  const stars = [...said(answer)].filter((sign) => sign === "⭐" || sign === "★").length;
  const words = answerWords(answer);
  const spelled = NUMBER_WORDS.map((all) => all.indexOf(words) + 1).find((place) => place > 0);
  const value = stars || spelled || Number(/^([1-5])(?: 5| \p{L}{5,10})?$/u.exec(words)?.[1] ?? 0);
  return value >= 1 && value <= 5 ? found(value) : null;
}

function document(answer: Answer, { documents }: Asked): ReadAnswer | null {
  const read = readDocument(said(answer), documents);
  return read && found(read.number);
}

function pattern(answer: Answer, asked: Asked): ReadAnswer | null {
  const words = said(answer);
  return words !== "" && readPattern(asked.pattern ?? "")?.fits(words) ? found(words) : null;
}

const text = (answer: Answer): ReadAnswer | null =>
  answerWords(answer) === "" && said(answer) === "" ? null : found(said(answer));

const READERS: Record<AnswerType, (answer: Answer, asked: Asked) => ReadAnswer | null> = {
  ...{ text, number, email, phone, date, yes_no: yesNo, file, location, rating, document, pattern },
};

/** What an answer says, as the question asks for it; null when it says nothing of the kind. Never throws. */
export const readAnswer = (answer: Answer, asked: Asked): ReadAnswer | null => READERS[asked.type](answer, asked);
