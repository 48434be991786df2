import { describe, expect, it } from "vitest";
import { type PendingMessage, pendingAfter, stillPending } from "./pending";

const message = (client_id: string): PendingMessage => ({
  client_id,
  text: "hola",
  visibility: "public",
  based_on_seq: 3,
  created_at: "2026-11-22T10:00:00.000Z",
  state: "sending",
  code: null,
});

describe("messages on their way", () => {
  it("fail, are tried again against what is on screen then, and go", () => {
    const added = pendingAfter([], { do: "add", message: message("a") });
    const failed = pendingAfter(added, { do: "fail", clientId: "a", code: "unseen_messages" });
    expect(failed).toEqual([{ ...message("a"), state: "failed", code: "unseen_messages" }]);
    expect(pendingAfter(failed, { do: "retry", clientId: "a", basedOnSeq: 7 })).toEqual([
      { ...message("a"), based_on_seq: 7 },
    ]);
    expect(pendingAfter(failed, { do: "drop", clientId: "a" })).toEqual([]);
  });

  it("are shown until they stand in the thread", () => {
    const pending = [message("a"), message("b")];
    expect(stillPending(pending, [{ client_id: "a" }, { client_id: null }])).toEqual([message("b")]);
  });
});
