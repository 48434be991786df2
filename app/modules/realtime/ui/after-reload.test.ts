import { describe, expect, it } from "vitest";
import type { Message } from "~/modules/messaging";
import { afterReload } from "./after-reload";
import type { LoadedThread } from "./use-thread";

const message = (seq: number) => ({ id: `m${seq}`, seq }) as Message;

const thread = (rev: number, seqs: number[], over: Partial<LoadedThread> = {}): LoadedThread => ({
  conversation_id: "c1",
  messages: seqs.map(message),
  more: false,
  rev,
  last_seq: seqs.at(-1) ?? 0,
  read_seq: 0,
  customer_read_seq: 0,
  pinned: [],
  starred: [],
  hidden: [],
  ...over,
});

const seqsOf = ({ messages }: LoadedThread) => messages.map(({ seq }) => seq);

describe("afterReload", () => {
  it("takes what was loaded when it is as new as the screen, and keeps the earlier pages", () => {
    const after = afterReload(thread(9, [4, 5, 6], { more: true }), thread(8, [1, 2, 3, 4, 5]));
    expect(seqsOf(after)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(after).toMatchObject({ rev: 9, last_seq: 6, more: false });
  });

  it("keeps what was heard while the load was under way", () => {
    const after = afterReload(thread(8, [4, 5]), thread(9, [4, 5, 6], { read_seq: 6 }));
    expect(seqsOf(after)).toEqual([4, 5, 6]);
    expect(after).toMatchObject({ rev: 9, last_seq: 6, read_seq: 6 });
  });

  it("begins anew over a hole, and in another conversation", () => {
    expect(seqsOf(afterReload(thread(90, [50, 51]), thread(8, [1, 2])))).toEqual([50, 51]);
    expect(seqsOf(afterReload(thread(1, [1], { conversation_id: "c2" }), thread(9, [4, 5])))).toEqual([1]);
  });
});
