import { z } from "zod";
import { secretName, splitTemplates } from "../../wording/variables";
import { variableName } from "../fields";
import { jsonPath } from "./json-path";

export const LONGEST_HTTP_SECONDS = 10;

const filledText = (most: number) =>
  z.string().max(most).meta({ description: "May hold {{variables}} and {{org.secrets.name}}.", "x-control": "text" });

/** The connection's own headers, and those that would make us somebody: guardedFetch refuses them too (TH7). */
const CLOSED_HEADER =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|cookie.*|proxy-.*|keep-alive)$/i;

const headerName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, "must be the name of a header")
  .refine((name) => !CLOSED_HEADER.test(name), "is a header that may not be set");

/** The server is written out: what a customer says never chooses whom we ask. */
const OWN_ORIGIN = /^https?:\/\/[^\s{}/?#@\\]+([/?#]|$)/i;

const address = z
  .string()
  .trim()
  .max(2000)
  .regex(OWN_ORIGIN, "must begin with https:// and a server's name, without variables")
  .meta({ description: "Variables are percent-encoded; the server's name holds none.", "x-control": "url" });

const pairs = <T extends z.ZodType<string>>(name: T) =>
  z
    .array(z.strictObject({ name, value: filledText(4000).default("") }))
    .max(50)
    .default([])
    .meta({ "x-control": "list" });

const fieldName = z.string().min(1).max(200);

/** Every template as a value that JSON takes in its place. */
const withSamples = (text: string) => {
  let inText = false;
  return splitTemplates(text)
    .map((part) => {
      if (typeof part !== "string") return inText ? "x" : "0";
      inText = endsInText(part, inText);
      return part;
    })
    .join("");
};

/** Whether JSON that is read up to here stands within a text, given whether it began in one. */
export function endsInText(json: string, inText: boolean): boolean {
  let inside = inText;
  for (let i = 0; i < json.length; i++) {
    if (json[i] === "\\" && inside) i++;
    else if (json[i] === '"') inside = !inside;
  }
  return inside;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(withSamples(text));
    return true;
  } catch {
    return false;
  }
}

const body = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("json"),
    text: filledText(20_000)
      .refine(isJson, "must be JSON once its variables are filled in")
      .meta({ description: "JSON; a variable within quotes is text, one without them is any value." }),
  }),
  z.strictObject({ kind: z.literal("form"), fields: pairs(fieldName) }),
  z.strictObject({ kind: z.literal("text"), text: filledText(20_000) }),
]);

const savedItem = z.strictObject({
  label: jsonPath,
  value: jsonPath.nullable().default(null),
  description: jsonPath.nullable().default(null),
});

const saved = z.strictObject({
  path: jsonPath,
  to: variableName,
  items: savedItem.nullable().default(null).meta({
    description: "For a list of objects: what a choice shows and saves of each. Null: the value as it is.",
  }),
});

export const httpSettings = z
  .strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
    url: address,
    query: pairs(fieldName),
    headers: pairs(headerName),
    body: body.prefault({ kind: "none" }).meta({ "x-when": { method: ["POST", "PUT", "PATCH", "DELETE"] } }),
    saves: z
      .array(saved)
      .max(30)
      .default([])
      .meta({ description: "Which values of the answer's JSON go into which variables.", "x-control": "list" }),
    saveStatusTo: variableName.nullable().default(null),
    saveErrorTo: variableName.nullable().default(null).meta({ description: "Why it failed, such as timeout." }),
    timeoutSeconds: z
      .number()
      .int()
      .min(1)
      .max(LONGEST_HTTP_SECONDS)
      .default(LONGEST_HTTP_SECONDS)
      .meta({ "x-control": "duration", "x-rare": true }),
  })
  .superRefine((node, issue) => {
    if (node.method === "GET" && node.body.kind !== "none")
      issue.addIssue({ code: "custom", path: ["body"], message: "a GET has none" });
  });

export type HttpSettings = z.output<typeof httpSettings>;

/** Every text that variables go into. */
export const httpTexts = ({ url, query, headers, body }: HttpSettings): string[] => [
  url,
  ...[...query, ...headers, ...(body.kind === "form" ? body.fields : [])].map(({ value }) => value),
  ...("text" in body ? [body.text] : []),
];

/** A text without its secrets, which no other node may read. */
export const withoutSecrets = (text: string): string =>
  splitTemplates(text)
    .map((part) => {
      if (typeof part === "string") return part;
      if (secretName(part.path) !== null) return "";
      return part.fallback === null ? `{{${part.path}}}` : `{{${part.path}|${part.fallback}}}`;
    })
    .join("");
