import {
  readable,
  readVariable,
  secretName,
  splitTemplates,
  type TemplateUse,
  type Variables,
} from "../../wording/variables";
import { endsInText, type HttpSettings } from "./http-settings";

/** Where a value stands, which says how it is written there (TE4). */
export type Place = "url" | "form" | "header" | "json_text" | "json_value" | "text";

/** What is sent, or a secret whose value only the runner reads. What a customer wrote is always the former. */
export type Piece = string | { secret: string; as: Place };

/** Everything that a request is made of, the secrets not yet in it. */
export type HttpRequest = {
  method: HttpSettings["method"];
  url: Piece[];
  headers: { name: string; value: Piece[] }[];
  body: Piece[] | null;
  timeoutSeconds: number;
};

const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;

/** A text as it is written in its place: it never ends what it stands in. */
export function writtenAs(as: Place, text: string): string {
  switch (as) {
    case "url":
    case "form":
      return encodeURIComponent(text.toWellFormed());
    case "header":
      return text.replace(CONTROLS, " ").trim();
    case "json_text":
      return JSON.stringify(text.toWellFormed()).slice(1, -1);
    case "json_value":
      return JSON.stringify(text.toWellFormed());
    case "text":
      return text;
  }
}

const LITERAL = /^(-?\d{1,15}(\.\d{1,15})?|true|false|null)$/;

function textFor({ path, fallback }: TemplateUse, as: Place, variables: Variables): string {
  const value = readVariable(variables, path);
  const text = readable(value).trim() || (fallback ?? "");
  if (as !== "json_value") return writtenAs(as, text);
  if (typeof value === "string") return writtenAs(as, text);
  if (value !== null) return JSON.stringify(value);
  return fallback === null ? "null" : LITERAL.test(fallback) ? fallback : JSON.stringify(fallback);
}

type Written = (literal: string) => string;

function fill(text: string, place: Place, variables: Variables, written: Written = String): Piece[] {
  let inText = false;
  return splitTemplates(text).map((part) => {
    if (typeof part === "string") {
      inText = endsInText(part, inText);
      return written(part);
    }
    const as = place === "json_value" && inText ? "json_text" : place;
    const secret = secretName(part.path);
    return secret === null ? textFor(part, as, variables) : { secret, as };
  });
}

/** Here what the author wrote is a value too, and no piece of the address. */
const filledPairs = (pairs: { name: string; value: string }[], variables: Variables): Piece[] =>
  pairs.flatMap(({ name, value }, i) => [
    `${i > 0 ? "&" : ""}${writtenAs("form", name)}=`,
    ...fill(value, "form", variables, (literal) => writtenAs("form", literal)),
  ]);

function urlOf({ url, query }: HttpSettings, variables: Variables): Piece[] {
  const [own = ""] = url.split("#");
  const mark = own.includes("?") ? "&" : "?";
  return [...fill(own, "url", variables), ...(query.length > 0 ? [mark, ...filledPairs(query, variables)] : [])];
}

const TYPES = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  text: "text/plain; charset=utf-8",
};

function bodyOf({ body }: HttpSettings, variables: Variables): Piece[] | null {
  switch (body.kind) {
    case "none":
      return null;
    case "json":
      return fill(body.text, "json_value", variables);
    case "form":
      return filledPairs(body.fields, variables);
    case "text":
      return fill(body.text, "text", variables);
  }
}

/** The request of a node with its variables filled in, each written as its place asks. */
export function fillRequest(node: HttpSettings, variables: Variables): HttpRequest {
  const headers = node.headers.map(({ name, value }) => ({ name, value: fill(value, "header", variables) }));
  const named = headers.some(({ name }) => name.toLowerCase() === "content-type");
  if (node.body.kind !== "none" && !named) headers.push({ name: "content-type", value: [TYPES[node.body.kind]] });
  const { method, timeoutSeconds } = node;
  return { method, url: urlOf(node, variables), headers, body: bodyOf(node, variables), timeoutSeconds };
}
