import { v7 } from "uuid";

/**
 * A new UUIDv7: sorts by the time it was made, so that indexes stay dense. In the browser too, where `crypto.randomUUID`
 * is there only under https: a shop that tries GuazuApp on its own network has none.
 */
export const newId = <T extends string = string>(): T => v7() as T;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (value: unknown): value is string => typeof value === "string" && UUID.test(value);
