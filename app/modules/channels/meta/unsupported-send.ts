import type { Receipt } from "../outbound-message";

/** Answers for a channel that can be read and not yet written: refused for good, and nothing leaves. */
export async function unsupportedSend(): Promise<Receipt> {
  const text = "GuazuApp cannot send on this channel yet.";
  return { outcome: "failed", reason: "request", code: "unsupported", text, retry: "no" };
}
