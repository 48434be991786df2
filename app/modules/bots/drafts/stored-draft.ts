import { invalid } from "~/platform/errors";
import { type Draft, draftSchema } from "../editing/draft";

const LONGEST_FLOW_NAME = 100;

/** @throws AppError 422 `flow_name_invalid` */
export function checkFlowName(name: string): string {
  const called = name.replaceAll("\u0000", "").toWellFormed().trim();
  if (called === "" || called.length > LONGEST_FLOW_NAME) throw invalid("flow_name_invalid", { field: "name" });
  return called;
}

/** @throws AppError 422 `flow_unreadable` */
export function readStored(draft: unknown): Draft {
  const read = draftSchema.safeParse(draft);
  if (!read.success) throw invalid("flow_unreadable");
  return read.data;
}
