import type { DetailedError, Upload } from "tus-js-client";
import type { Failure } from "./after-failure";
import { FIRST_PART, nextPartSize, smallerPart } from "./part-size";
import type { UploadItem } from "./upload-items";

/** What files are brought for: a conversation's message, or a bot. */
export type UploadTarget = { conversation: string } | { flow: string };

export type Hears = {
  onUrl(url: string): void;
  onSent(bytes: number): void;
  onWhole(): void;
  onFailure(failure: Failure): void;
};

/** A line on which nothing moves for so long is taken for broken: browsers themselves wait for minutes. */
const STALLED_MS = 45_000;

/** The bytes of one file on their way; each start goes on from what the server has. */
export class Transfer {
  readonly #upload: Upload;
  #part = FIRST_PART;
  #since = 0;
  #watch: ReturnType<typeof setTimeout> | undefined;

  /** @param Client of tus-js-client, which is loaded in browsers alone: elsewhere its import hears signals */
  constructor(Client: typeof Upload, file: File, item: UploadItem, target: UploadTarget, hears: Hears) {
    this.#upload = new Client(file, {
      endpoint: `${location.origin}/uploads`,
      uploadUrl: item.url,
      metadata: metadataOf(item, target),
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => hears.onUrl(this.#upload.url ?? ""),
      onProgress: (sent) => {
        this.#look(hears);
        hears.onSent(sent);
      },
      onChunkComplete: (bytes) => this.#resize(bytes),
      onSuccess: () => {
        clearTimeout(this.#watch);
        hears.onWhole();
      },
      onError: (error) => {
        clearTimeout(this.#watch);
        this.#part = smallerPart(this.#part);
        hears.onFailure(failureOf(error));
      },
    });
    this.#begin = () => {
      this.#look(hears);
      this.#since = performance.now();
      this.#upload.options.chunkSize = this.#part;
      this.#upload.start();
    };
  }

  readonly #begin: () => void;

  start(): void {
    this.#begin();
  }

  /** Leaves what the server has; `start` goes on from there. */
  stop(): void {
    clearTimeout(this.#watch);
    void this.#upload.abort();
  }

  /** Takes back what the server has. What cannot be reached goes by itself within a day. */
  discard(): void {
    clearTimeout(this.#watch);
    this.#upload.abort(true).catch(() => {});
  }

  #resize(bytes: number): void {
    const now = performance.now();
    this.#part = nextPartSize(this.#part, bytes, now - this.#since);
    this.#since = now;
    this.#upload.options.chunkSize = this.#part;
  }

  #look(hears: Hears): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.stop();
      this.#part = smallerPart(this.#part);
      hears.onFailure({ status: null, code: null });
    }, STALLED_MS);
  }
}

function metadataOf(item: UploadItem, target: UploadTarget): Record<string, string> {
  return {
    ...{ ...target, filename: item.name, filetype: item.type },
    ...(item.voice && { voice: "1" }),
    ...(item.duration_ms && { duration: String(item.duration_ms) }),
    ...(item.waveform?.length && { waveform: item.waveform.join(",") }),
    ...(item.placeholder && { placeholder: item.placeholder }),
  };
}

/** The server's refusal, or that nobody answered. */
function failureOf(error: Error): Failure {
  const answer = "originalResponse" in error ? (error as DetailedError).originalResponse : null;
  const status = answer?.getStatus() || null;
  if (!answer || !status) return { status: null, code: null };
  try {
    return { status, code: (JSON.parse(answer.getBody()) as { code?: string }).code ?? null };
  } catch {
    return { status, code: null };
  }
}
