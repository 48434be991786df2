import { AppError } from "./errors";

/**
 * The fields of a form that a browser sent. Null bytes, which no database takes and no keyboard makes, are left out of
 * their texts.
 * @throws AppError 415 `not_a_form` for a body of another kind, 400 `form_broken` for one that cannot be read
 */
export async function formOf(request: Request): Promise<FormData> {
  const kind = (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (kind !== "application/x-www-form-urlencoded" && kind !== "multipart/form-data") {
    throw new AppError("not_a_form", 415);
  }
  const sent = await request.formData().catch((error: unknown) => {
    // The limit on bodies speaks for itself.
    if (error instanceof AppError || isAbort(error)) throw error;
    if ((error as { cause?: unknown }).cause instanceof AppError) throw (error as { cause: AppError }).cause;
    throw new AppError("form_broken", 400, { cause: error });
  });
  const fields = new FormData();
  for (const [name, value] of sent) {
    if (typeof value === "string") fields.append(clean(name), clean(value));
    else fields.append(clean(name), value);
  }
  return fields;
}

/** @throws AppError 400 `invalid_request` for a form that was pressed for something else */
export function requireIntent(form: FormData, intent: string): void {
  if (form.get("intent") !== intent) throw new AppError("invalid_request", 400);
}

const clean = (text: string) => text.replaceAll("\u0000", "");
const isAbort = (error: unknown) => error instanceof Error && error.name === "AbortError";
