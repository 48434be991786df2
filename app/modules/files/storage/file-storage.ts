import type { Readable } from "node:stream";

/** Bytes from `start` to `end`, both included. */
export type ByteRange = { start: number; end: number };

/** Where whole files lie, each under a key that is written once and never changed. */
export type FileStorage = {
  /**
   * Takes what lies at a path of this machine, or a few bytes. It lasts once this settles; the same again does no harm.
   * @throws AppError `storage_full` (507), `unavailable` (503)
   */
  put(key: string, source: string | Buffer): Promise<void>;
  /** @throws AppError `not_found` (404) where nothing lies */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Lends the file as one of this machine. */
  lend<T>(key: string, work: (path: string) => Promise<T>): Promise<T>;
  /** Also where nothing lies. */
  remove(key: string): Promise<void>;
  /** Lets go of what was begun before a moment and never came to its end, as where a process was killed. */
  tidy(before: Date): Promise<void>;
};

type Stored = { id: string; sha256: string };

/** By content, and of this file alone: equal names and equal contents never meet, and one may be removed without the other. */
export const fileKey = ({ id, sha256 }: Stored) => `${sha256.slice(0, 2)}/${sha256}-${id}`;
export const thumbnailKey = (file: Stored) => `${fileKey(file)}-thumbnail`;
