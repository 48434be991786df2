import type { z } from "zod";
import { AppError } from "~/platform/errors";
import type { Endpoint } from "./endpoint";

type Where = "query" | "body" | "header";

/** A request that does not fit what is documented. */
export const misfit = (where: Where, issues: readonly { path: string; message: string }[]) =>
  new AppError("invalid_request", 400, { data: { where, issues } });

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, where: Where): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  throw misfit(where, issues);
}

/** PostgreSQL stores neither null bytes nor halves of characters, wherever in a body they stand. */
const storable = (_: string, value: unknown) =>
  typeof value === "string" ? value.replaceAll("\u0000", "").toWellFormed() : value;

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text, storable);
  } catch {
    throw new AppError("invalid_json", 400);
  }
}

/** A parameter given twice is no text; the schema refuses the list. */
function queryOf(url: URL): Record<string, string | string[]> {
  const names = [...new Set(url.searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = url.searchParams.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

/** What a call was given, as its schemas make it. @throws AppError 400 with each place that does not fit */
export async function readInput(request: Request, endpoint: Endpoint): Promise<{ query: unknown; body: unknown }> {
  return {
    query: endpoint.query ? check(endpoint.query, queryOf(new URL(request.url)), "query") : undefined,
    body: endpoint.body ? check(endpoint.body, await bodyOf(request), "body") : undefined,
  };
}
