import { z } from "zod";
import { type NodeKind, nodeKinds } from "../nodes/kinds";

/** The parts of JSON Schema that the settings of nodes use. */
export type JsonSchema = {
  type?: string;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  "x-control"?: string;
  /** Of a file: what may be picked, as an input's `accept`. */
  "x-accept"?: string;
  /** Whether hardly anybody needs it; where it is not said, its form tells. */
  "x-rare"?: boolean;
  /** The field is there only while another of the same object has one of these values. */
  "x-when"?: { [field: string]: string[] };
};

const made = new Map<NodeKind, JsonSchema>();

/** The JSON Schema of what may be written into a node's settings; made once for each kind. */
export function settingsSchemaOf(kind: NodeKind): JsonSchema {
  const known = made.get(kind);
  if (known) return known;
  const schema = jsonSchemaOf(nodeKinds[kind].settings);
  made.set(kind, schema);
  return schema;
}

/** Any schema in the same form. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;

/** The schema behind a `$ref`, what was said beside the `$ref` winning. */
export function resolveSchema(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) {
    const [only, ...others] = schema.allOf ?? [];
    return only && others.length === 0 ? { ...resolveSchema(only, root), ...withoutKey(schema, "allOf") } : schema;
  }
  const target = schema.$ref === "#" ? root : root.$defs?.[schema.$ref.replace("#/$defs/", "")];
  return { ...(target ? resolveSchema(target, root) : {}), ...withoutKey(schema, "$ref") };
}

function withoutKey(schema: JsonSchema, key: keyof JsonSchema): JsonSchema {
  const { [key]: _, ...rest } = schema;
  return rest;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isNull = (schema: JsonSchema) => schema.type === "null";

/** The variants of a union, null left out. */
export const variantsOf = (schema: JsonSchema, root: JsonSchema): JsonSchema[] =>
  (schema.oneOf ?? schema.anyOf ?? []).map((one) => resolveSchema(one, root)).filter((one) => !isNull(one));

export const takesNull = (schema: JsonSchema): boolean => (schema.oneOf ?? schema.anyOf ?? []).some(isNull);

/** The property whose constant tells the variants of a union apart. */
export function tagOf(variants: readonly JsonSchema[]): string | null {
  const [first] = variants;
  return (
    Object.keys(first?.properties ?? {}).find((name) =>
      variants.every((one) => one.properties?.[name]?.const !== undefined),
    ) ?? null
  );
}

function variantFor(schema: JsonSchema, value: unknown, root: JsonSchema): JsonSchema | undefined {
  const variants = variantsOf(schema, root);
  const tag = tagOf(variants);
  if (tag === null || !isRecord(value)) return variants[0];
  return variants.find((one) => one.properties?.[tag]?.const === value[tag]);
}

function emptyValue(schema: JsonSchema, root: JsonSchema): unknown {
  if (schema.default !== undefined) return structuredClone(schema.default);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (takesNull(schema)) return null;
  const [variant] = variantsOf(schema, root);
  if (variant) return completeValue(variant, undefined, root);
  if (schema.type === "array") {
    return Array.from({ length: schema.minItems ?? 0 }, () => completeValue(schema.items ?? {}, undefined, root));
  }
  if (schema.type === "object") return completeValue(schema, {}, root);
  if (schema.type === "number" || schema.type === "integer") return schema.minimum ?? 0;
  return schema.type === "boolean" ? false : "";
}

/**
 * A value with everything that it leaves out put in: defaults, and for what has none the emptiest of its type. What is
 * there stays, right or wrong.
 */
export function completeValue(given: JsonSchema, value: unknown, root: JsonSchema): unknown {
  const schema = resolveSchema(given, root);
  if (value === undefined) return emptyValue(schema, root);
  if (Array.isArray(value)) return value.map((entry) => completeValue(schema.items ?? {}, entry, root));
  if (!isRecord(value)) return value;
  const variant = schema.properties ? schema : variantFor(schema, value, root);
  if (!variant?.properties) return value;
  const filled = Object.entries(variant.properties).map(([name, one]) => [name, completeValue(one, value[name], root)]);
  return { ...value, ...Object.fromEntries(filled) };
}
