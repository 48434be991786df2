import { describe, expect, it } from "vitest";
import { BodyQueue } from "./body-queue";

const MIB = 1024 * 1024;
const filled = (bytes: number) => {
  const queue = new BodyQueue();
  queue.push(new Uint8Array(bytes));
  return queue;
};

describe("what waits of a body", () => {
  it("comes out as it went in", () => {
    const queue = new BodyQueue();
    for (const text of ["a", "", "bc"]) queue.push(Buffer.from(text));
    expect([queue.bytes, String(queue.shift()), queue.bytes]).toEqual([3, "a", 2]);
    queue.push(Buffer.from("d"));
    expect([String(queue.takeAll()), queue.bytes, queue.shift()]).toEqual(["bcd", 0, undefined]);
  });

  it("overflows beyond 16 MiB of one", () => {
    const queue = filled(16 * MIB);
    expect(queue.overflows).toBe(false);
    queue.push(new Uint8Array(1));
    expect(queue.overflows).toBe(true);
    queue.drop();
    expect([queue.overflows, queue.bytes]).toEqual([false, 0]);
  });

  it("overflows beyond 128 MiB of all, of who went on though told to stop, until there is room again", () => {
    const many = Array.from({ length: 8 }, () => filled(16 * MIB));
    const [modest, greedy] = [filled(MIB), filled(9 * MIB)];
    expect([modest.overflows, greedy.overflows]).toEqual([false, true]);
    many[0]?.drop();
    many[1]?.shift();
    expect([modest.overflows, greedy.overflows]).toEqual([false, false]);
    for (const queue of [...many, modest, greedy]) queue.drop();
  });
});
