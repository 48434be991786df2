import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";

/** The place of a message, or of a mark on one, among all by time: what a page of a list begins after. */
export type Place = { at: Date; id: string };

const CURSOR = /^(\d{1,13})\.([0-9a-f-]{36})$/;

export const cursorOf = ({ at, id }: Place): string => `${at.getTime()}.${id}`;

/** @throws AppError `cursor_invalid` (422) */
export function placeOf(cursor: string | null | undefined): Place | undefined {
  if (!cursor) return undefined;
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!at || !isUuid(id)) throw invalid("cursor_invalid");
  return { at: new Date(Number(at)), id };
}
