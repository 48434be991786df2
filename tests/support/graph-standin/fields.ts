export type Fields = Record<string, unknown>;

/** What a check reads of a body that may be anything. */
export const fields = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const items = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : []);
export const within = (value: unknown, most: number): value is string =>
  typeof value === "string" && value !== "" && value.length <= most;
export const absentOrWithin = (value: unknown, most: number) => value === undefined || within(value, most);
export const distinct = (values: unknown[]) => new Set(values).size === values.length;
export const isWebAddress = (value: unknown): value is string =>
  typeof value === "string" && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
