import { STATUS_CODES } from "node:http";
import { z } from "zod";
import type { Endpoint } from "../endpoint";
import { describeInput, errorRef, type JsonSchema, refTo } from "./describe-shapes";

/** The name under which the document keeps the whole body of a call's answer. */
export const answerName = ({ name }: Endpoint) => `${name[0]?.toUpperCase()}${name.slice(1)}Answer`;

/** The whole body: the thing under `data`, or a list's page. */
export const answerBody = ({ answer }: Endpoint) =>
  answer instanceof z.ZodArray
    ? z.object({ data: answer, next_cursor: z.string().nullable() })
    : z.object({ data: answer });

/** `/tickets/:id` as the document writes it. */
export const documentPath = ({ path }: Endpoint) => path.replace(/:(\w+)/g, "{$1}");

const pathParameters = ({ path }: Endpoint): JsonSchema[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: name === "id" ? { type: "string", format: "uuid" } : { type: "string" },
  }));

function queryParameters({ query }: Endpoint): JsonSchema[] {
  if (!query) return [];
  const { properties, required = [] } = describeInput(query) as {
    properties: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Repeating the call with the same key within 24 hours does nothing and answers the same.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

const json = (schema: JsonSchema) => ({ content: { "application/json": { schema } } });

function bodyOf({ body }: Endpoint): JsonSchema | undefined {
  if (!body) return undefined;
  return { required: !body.safeParse(undefined).success, ...json(describeInput(body)) };
}

const SECONDS = { description: "Seconds to wait", schema: { type: "integer", minimum: 1 } };

/** The refusals that a call can meet, by status, with the codes that are its own. */
function refusalsOf(endpoint: Endpoint): Record<string, JsonSchema> {
  const { access, scope, body, query, path, method, refusals } = endpoint;
  const once = method === "POST" ? ["id_reused", "in_progress"] : [];
  const needed = access === "member" ? ["forbidden"] : [];
  const codes: Record<number, readonly string[]> = {
    400:
      body || query ? ["invalid_request", ...(body ? ["invalid_json"] : [])] : once.length ? ["invalid_request"] : [],
    401: access === "public" ? [] : ["unauthorized"],
    403: [...(scope ? ["missing_scope"] : []), ...needed],
    404: path.includes(":") || access !== "public" ? ["not_found"] : [],
    409: [...new Set([...(refusals?.[409] ?? []), ...once])],
    422: refusals?.[422] ?? [],
    429: ["too_many_requests"],
    503: ["unavailable"],
  };
  return Object.fromEntries(
    Object.entries(codes)
      .filter(([, list]) => list.length > 0)
      .map(([status, list]) => [
        status,
        {
          description: `${STATUS_CODES[status]}: ${list.map((code) => `\`${code}\``).join(", ")}`,
          ...(["429", "503"].includes(status) && { headers: { "Retry-After": SECONDS } }),
          ...json(errorRef),
        },
      ]),
  );
}

/** One call as an operation of the document. */
export function describeOperation(endpoint: Endpoint): JsonSchema {
  const { access, method, name, path, scope, statuses = [200], summary } = endpoint;
  const successes = statuses.map((status) => [
    status,
    { description: STATUS_CODES[status], ...json(refTo(answerName(endpoint))) },
  ]);
  const parameters = [
    ...pathParameters(endpoint),
    ...queryParameters(endpoint),
    ...(method === "POST" ? [IDEMPOTENCY_KEY] : []),
  ];
  const requestBody = bodyOf(endpoint);
  const guests = access === "guest" ? " A guest's token opens it too." : "";
  return {
    operationId: name,
    summary,
    ...(scope && { description: `A member's token needs the scope \`${scope}\`.${guests}` }),
    tags: [path.split("/")[1] ?? ""],
    security: access === "public" ? [] : [{ bearer: scope ? [scope] : [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { ...Object.fromEntries(successes), ...refusalsOf(endpoint) },
  };
}
