import { AppError } from "~/platform/errors";
import { codeOf } from "./code-of";

const FULL = ["ENOSPC", "EDQUOT", "EFBIG"];

/** @throws AppError `storage_full` (507), which may be tried again once there is room, where a disk has none */
export async function sayingFull<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!FULL.includes(codeOf(error))) throw error;
    throw new AppError("storage_full", 507, { retryable: true, expected: false, cause: error });
  }
}
