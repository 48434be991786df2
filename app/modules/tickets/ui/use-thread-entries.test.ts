import { expect, it } from "vitest";
import type { Message } from "~/modules/messaging";
import type { ThreadEntry } from "./thread-entries";
import { keepSame } from "./use-thread-entries";

const entry = (message: Message, last: boolean): ThreadEntry => ({
  kind: "message",
  key: message.id,
  message,
  first: true,
  last,
  newDay: false,
});

it("keeps the lines that say the same, and takes the others anew", () => {
  const [one, two] = [{ id: "1" } as Message, { id: "2" } as Message];
  const before = [entry(one, false), entry(two, true)];
  const now = keepSame([entry(one, false), entry(two, false), entry({ ...one, id: "3" }, true)], before);
  expect(now.map((line) => before.includes(line))).toEqual([true, false, false]);
  expect(now.map((line) => line.kind === "message" && line.last)).toEqual([false, false, true]);
  expect(keepSame([entry({ ...one, text: "otro" }, false)], before)[0]).not.toBe(before[0]);
});
