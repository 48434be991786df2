/** Node's code of an error of the file system, or "". */
export const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? "");
