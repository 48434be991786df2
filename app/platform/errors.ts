/** The one error class of the product. `code` is the key of the text for people (`errors.<code>`), `status` the HTTP status. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly data: unknown;
  /** True when the caller did something the product foresees; such errors are not logged as faults. */
  readonly expected: boolean;
  /** True when the same call may succeed later without a change. */
  readonly retryable: boolean;

  constructor(
    code: string,
    status: number,
    options: { data?: unknown; expected?: boolean; retryable?: boolean; cause?: unknown } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.status = status;
    this.data = options.data;
    this.expected = options.expected ?? true;
    this.retryable = options.retryable ?? false;
  }
}

export const notFound = (what: string) => new AppError("not_found", 404, { data: { what } });
export const unauthorized = (code = "unauthorized") => new AppError(code, 401);
export const forbidden = (code = "forbidden") => new AppError(code, 403);
export const conflict = (code: string, data?: unknown) => new AppError(code, 409, { data });
export const invalid = (code: string, data?: unknown) => new AppError(code, 422, { data });
export const tooLarge = (limitBytes: number) => new AppError("too_large", 413, { data: { limit: limitBytes } });
export const tooMany = (retryAfterSeconds: number) =>
  new AppError("too_many_requests", 429, { data: { retry_after: retryAfterSeconds }, retryable: true });
export const unavailable = (cause?: unknown) =>
  new AppError("unavailable", 503, { expected: false, retryable: true, cause });

/** In how many whole seconds the same may be asked again, as an error's `data` says; undefined where it does not. */
export function retryAfterOf(data: unknown): number | undefined {
  const seconds = (data as { retry_after?: unknown } | null | undefined)?.retry_after;
  return typeof seconds === "number" && seconds > 0 ? Math.ceil(seconds) : undefined;
}
