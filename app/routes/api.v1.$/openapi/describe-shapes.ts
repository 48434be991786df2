import { z } from "zod";
import "../shapes/api-error";
import { shapes } from "../shapes/named";

export type JsonSchema = Record<string, unknown>;
type Options = NonNullable<Parameters<typeof z.toJSONSchema>[1]>;

/** What a format says needs no pattern beside it. */
const override: Options["override"] = ({ jsonSchema }) => {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};

const bare = ({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema => schema;

/** What a call takes, as JSON Schema. */
export const describeInput = (schema: z.ZodType): JsonSchema => bare(z.toJSONSchema(schema, { io: "input", override }));

export const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const errorRef = refTo("Error");

/**
 * All shapes that have a name, those of the answers given besides, as JSON Schema that names the others by reference.
 * @param answers the whole bodies of the calls' answers, by name
 */
export function describeAnswers(answers: ReadonlyMap<string, z.ZodType>): Record<string, JsonSchema> {
  const all = z.registry<{ id: string; description?: string }>();
  for (const [id, { shape, description }] of shapes) all.add(shape, { id, description });
  for (const [id, schema] of answers) all.add(schema, { id });
  const { schemas } = z.toJSONSchema(all, { uri: (id) => refTo(id).$ref, override });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema as JsonSchema)]));
}
