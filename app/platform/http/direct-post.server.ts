import { AppError } from "../errors";
import { log as processLog } from "../log.server";
import { inTime } from "../waiting/in-time.server";
import { type BodyLimit, bodyLimit, RequestBody } from "./body/request-body.server";
import { baseHeaders, type Call } from "./call.server";
import type { HeaderList } from "./exchange.server";
import { refuseTooLarge } from "./fetch-call.server";
import { hasBody } from "./incoming.server";

const log = processLog.child({ part: "http" });
const RETRY_SECONDS = "5";

/**
 * What answers POSTs at one address without fetch's Request and Response and without Remix, which cost more than the
 * work itself. For programs that call often and need neither cookie nor session: those two are not looked at.
 */
export type DirectPost = {
  path: string;
  /**
   * Gives the text of the 200. An AppError is answered by its status and code, anything else by 500.
   * @param body whole, as it came
   * @param headers by their names in small letters
   */
  answer(body: Buffer, headers: ReadonlyMap<string, string>): Promise<string>;
};

export const answerDirect =
  ({ answer }: DirectPost, limits: readonly BodyLimit[], isDraining: () => boolean) =>
  async (call: Call): Promise<void> => {
    const { exchange, incoming, startedAt } = call;
    const send = (status: number, text: string, more: HeaderList = []) => {
      const ending: HeaderList = isDraining() ? [["connection", "close"]] : [];
      const type = ["content-type", "text/plain; charset=utf-8"] as const;
      exchange.answer({ status, headers: [...baseHeaders(call), type, ...more, ...ending] }, text);
    };
    const body = hasBody(incoming.headers)
      ? new RequestBody(exchange, incoming, bodyLimit(incoming.path, limits))
      : undefined;
    try {
      const bytes = body ? await body.whole() : Buffer.alloc(0);
      send(200, await inTime({ startedAt }, answer(bytes, incoming.headers)));
    } catch (error) {
      if (body?.tooLarge) return refuseTooLarge(call, body);
      if (!(error instanceof AppError)) throw error;
      if (!error.expected) log.warn({ err: error, requestId: call.requestId, path: incoming.path }, "a post failed");
      send(error.status, error.code, error.retryable ? [["retry-after", RETRY_SECONDS]] : []);
    }
  };
