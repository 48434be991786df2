import type { z } from "zod";
import { invalid } from "~/platform/errors";

/** What a change may be, by its schema; what it does not name stays as it is. @throws AppError 422 with the field */
export function parseChange<Schema extends z.ZodType>(schema: Schema, change: unknown): z.output<Schema> {
  const parsed = schema.safeParse(change);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(issue?.message ?? "invalid", { field: String(issue?.path[0] ?? "") });
  }
  return Object.fromEntries(
    Object.entries(parsed.data as object).filter(([, value]) => value !== undefined),
  ) as z.output<Schema>;
}
