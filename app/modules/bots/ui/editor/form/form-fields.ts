import {
  type JsonSchema,
  jsonSchemaOf,
  resolveSchema,
  settingsSchemaOf,
  tagOf,
  takesNull,
  variantsOf,
} from "../../../editing/complete-settings";
import { flowShape } from "../../../flow";
import type { NodeKind } from "../../../nodes/kinds";

/** What a value is written with. */
export type Control =
  | { type: "line"; max?: number; suggests: Suggests | null }
  | { type: "text"; max?: number }
  | { type: "number"; whole: boolean; min?: number; max?: number }
  | { type: "duration"; min?: number; max?: number }
  | { type: "switch" }
  | { type: "options"; values: string[] }
  | { type: "reference"; to: ReferenceKind }
  | { type: "file"; accept: string | null }
  | { type: "list"; item: Control; least: number; most?: number; fresh: unknown; schema: JsonSchema }
  | { type: "group"; fields: Field[] }
  | { type: "variants"; tag: string; variants: { value: string; fields: Field[]; schema: JsonSchema }[] }
  | { type: "entries"; value: Control }
  | { type: "condition" }
  | { type: "json" };

/** What a line may be chosen from besides being written. */
export type Suggests = "variable" | "path" | "tag" | "secret" | "reason";
export type ReferenceKind = "area" | "member" | "flow" | "node";

/** One field of a form. `name` is its key, `words` the end of its text's key. */
export type Field = {
  name: string;
  words: string;
  control: Control;
  nullable: boolean;
  /** May stay out: it has a default. */
  optional: boolean;
  /** What it is as long as nobody has said; what a nullable one begins with when it is turned on. */
  fresh: unknown;
  /** Which value another field must have for it to be of use; null for one that always is. */
  when: { field: string; values: readonly string[] } | null;
  schema: JsonSchema;
};

const REFERENCES: readonly string[] = ["area", "member", "flow", "node"];
const SUGGESTED: readonly string[] = ["variable", "path", "tag", "secret", "reason"];
const LONG = 400;

type At = { root: JsonSchema; words: string; depth: number };

/** Where a schema says no control, its field's name may. */
function controlByName(words: string): string {
  const last = words.slice(words.lastIndexOf("_") + 1);
  if (last === "tags") return "tag";
  return REFERENCES.includes(last) || last === "reason" || last === "file" ? last : "";
}

function nameControl(schema: JsonSchema, words: string): Control {
  const name = schema["x-control"] ?? controlByName(words);
  const max = schema.maxLength;
  if (name === "file") return { type: "file", accept: schema["x-accept"] ?? null };
  if (REFERENCES.includes(name)) return { type: "reference", to: name as ReferenceKind };
  if (SUGGESTED.includes(name)) return { type: "line", max, suggests: name as Suggests };
  if (name === "text" || (name === "" && (max ?? 0) > LONG && schema.format === undefined))
    return { type: "text", max };
  return { type: "line", max, suggests: null };
}

/** Where a schema says no control, its field's name may: everything that ends in Seconds is a length of time. */
const isDuration = (schema: JsonSchema, words: string) =>
  schema["x-control"] === "duration" || (schema["x-control"] === undefined && /seconds$/i.test(words));

function numberControl(schema: JsonSchema, words: string): Control {
  const { minimum: min, maximum: max } = schema;
  if (isDuration(schema, words)) return { type: "duration", min, max };
  return { type: "number", whole: schema.type === "integer", min, max };
}

function listControl(schema: JsonSchema, at: At): Control {
  const entry = resolveSchema(schema.items ?? {}, at.root);
  const item = controlOf(entry, { ...at, depth: at.depth + 1 });
  return { type: "list", item, least: schema.minItems ?? 0, most: schema.maxItems, fresh: undefined, schema: entry };
}

function unionControl(schema: JsonSchema, at: At): Control {
  const variants = variantsOf(schema, at.root);
  const [only, ...others] = variants;
  if (only && others.length === 0) return controlOf({ ...only, ...inherited(schema) }, at);
  const tag = tagOf(variants);
  if (tag !== null) {
    return {
      type: "variants",
      tag,
      variants: variants.map((one) => ({
        value: String(one.properties?.[tag]?.const),
        fields: fieldsIn(one, at).filter(({ name }) => name !== tag),
        schema: one,
      })),
    };
  }
  const constants = variants.map((one) => one.const).filter((value) => typeof value === "string");
  if (constants.length === variants.length) return { type: "options", values: constants };
  const text = variants.find((one) => one.type === "string");
  return text ? controlOf({ ...text, ...inherited(schema) }, at) : { type: "json" };
}

const inherited = (schema: JsonSchema): JsonSchema =>
  schema["x-control"] === undefined ? {} : { "x-control": schema["x-control"] };

/** What a value of a schema is written with; whatever there is no better way for is written as JSON. */
function controlOf(given: JsonSchema, at: At): Control {
  const schema = resolveSchema(given, at.root);
  if (schema["x-control"] === "condition" || isCondition(schema)) return { type: "condition" };
  if (schema.enum) return { type: "options", values: schema.enum.map(String) };
  if (schema.oneOf ?? schema.anyOf) return unionControl(schema, at);
  switch (schema.type) {
    case "string":
      return nameControl(schema, at.words);
    case "number":
    case "integer":
      return numberControl(schema, at.words);
    case "boolean":
      return { type: "switch" };
    case "array":
      return listControl(schema, at);
    case "object":
      if (schema.properties) return { type: "group", fields: fieldsIn(schema, at) };
      return typeof schema.additionalProperties === "object"
        ? { type: "entries", value: controlOf(schema.additionalProperties, at) }
        : { type: "json" };
    default:
      return { type: "json" };
  }
}

/** Rules over variables, known by their form. */
const isCondition = (schema: JsonSchema) =>
  schema.properties?.match !== undefined && schema.properties.rules?.type === "array";

function whenOf(schema: JsonSchema): Field["when"] {
  const [only] = Object.entries(schema["x-when"] ?? {});
  return only ? { field: only[0], values: only[1] } : null;
}

const MOST_DEPTH = 6;

function fieldsIn(schema: JsonSchema, at: At): Field[] {
  if (at.depth > MOST_DEPTH) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]): Field[] => {
    const resolved = resolveSchema(one, at.root);
    // Ids of entries are made, never written; a constant says itself.
    if (resolved.const !== undefined || (name === "id" && at.depth > 0)) return [];
    const words = at.words === "" ? name : `${at.words}_${name}`;
    return [
      {
        name,
        words,
        control: controlOf(resolved, { root: at.root, words, depth: at.depth + 1 }),
        nullable: takesNull(resolved),
        optional: resolved.default !== undefined || !(schema.required ?? []).includes(name),
        fresh: resolved.default,
        when: whenOf(resolved),
        schema: resolved,
      },
    ];
  });
}

const made = new Map<string, Field[]>();

function formOf(name: string, schema: () => JsonSchema): Field[] {
  const known = made.get(name);
  if (known) return known;
  const root = schema();
  const fields = fieldsIn(root, { root, words: "", depth: 0 });
  made.set(name, fields);
  return fields;
}

/** The fields of a node's settings, drawn from its schema. */
export const formOfKind = (kind: NodeKind): Field[] => formOf(kind, () => settingsSchemaOf(kind));

/** The fields of what holds for a whole flow. */
export const formOfFlow = (): Field[] => formOf("flow settings", () => jsonSchemaOf(flowShape.shape.settings));

/** The fields of one command that works at any point. */
export const formOfCommand = (): Field[] =>
  formOf("command", () => jsonSchemaOf(flowShape.shape.commands.unwrap().element));

/** The fields that are of use in an object as it is, and those in which something is wrong. */
export const fieldsOfUse = (
  fields: readonly Field[],
  record: Readonly<Record<string, unknown>>,
  isWrong: (name: string) => boolean,
): Field[] =>
  fields.filter(({ name, when }) => {
    if (when === null || isWrong(name)) return true;
    const now = record[when.field] ?? fields.find((other) => other.name === when.field)?.fresh;
    return typeof now === "string" && when.values.includes(now);
  });

const fieldsWithin = (control: Control): readonly Field[] => {
  if (control.type === "group") return control.fields;
  if (control.type === "list") return fieldsWithin(control.item);
  return control.type === "variants" ? control.variants.flatMap(({ fields }) => fields) : [];
};

/** The field at a path such as `items.sales.label`, whose entries go by their ids or places; null for none. */
export function fieldAtPath(fields: readonly Field[], path: readonly string[]): Field | null {
  const [name, ...rest] = path;
  if (name === undefined) return null;
  const field = fields.find((one) => one.name === name);
  if (!field) return fieldAtPath(fields, rest);
  return fieldAtPath(fieldsWithin(field.control), rest) ?? field;
}

const ALWAYS_IN_SIGHT: readonly string[] = ["text", "reference", "switch"];

/** What stands behind "more": it may be left out, and has something that serves nearly everybody. */
export const isRare = ({ nullable, optional, control, when, schema }: Field): boolean => {
  if (schema["x-rare"] !== undefined) return schema["x-rare"];
  if (control.type === "condition" || control.type === "entries") return optional;
  return when === null && nullable && optional && !ALWAYS_IN_SIGHT.includes(control.type);
};
