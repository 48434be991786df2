import { expect, it } from "vitest";
import { createFairShare } from "./fair-share";

/** Work that ends when it is told to. */
function held() {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { done, end };
}

it("does so much of one owner at once and the rest in order, while others pass", async () => {
  const inShare = createFairShare(2);
  const begun: string[] = [];
  const works = Array.from({ length: 4 }, held);
  const running = works.map(({ done }, i) =>
    inShare("a", async () => {
      begun.push(`a${i}`);
      await done;
      return i;
    }),
  );
  await inShare("b", async () => begun.push("b"));
  expect(begun).toEqual(["a0", "a1", "b"]);
  works[1]?.end();
  await running[1];
  await Promise.resolve();
  expect(begun).toEqual(["a0", "a1", "b", "a2"]);
  for (const work of works) work.end();
  expect(await Promise.all(running)).toEqual([0, 1, 2, 3]);
});

it("goes on after work that failed", async () => {
  const inShare = createFairShare(1);
  const fails = inShare("a", () => Promise.reject(new Error("a fault")));
  const after = inShare("a", async () => "after");
  await expect(fails).rejects.toThrow("a fault");
  expect(await after).toBe("after");
});

it("takes less while others ask too, and lets everybody in again once they are quiet", async () => {
  let now = 0;
  const inShare = createFairShare({ alone: 3, beside: 1 }, () => now);
  let begun = 0;
  const works = Array.from({ length: 6 }, held);
  const ask = (place: number) =>
    inShare("a", async () => {
      begun++;
      await works[place]?.done;
    });
  const running = [0, 1].map(ask);
  expect(begun).toBe(2);
  await inShare("b", async () => {});
  running.push(...[2, 3, 4].map(ask));
  expect(begun).toBe(2);
  works[0]?.end();
  await running[0];
  // One is running already, which is all that there may be beside another.
  expect(begun).toBe(2);
  now = 1_500;
  works[1]?.end();
  await running[1];
  await Promise.resolve();
  expect(begun).toBe(5);
  for (const work of works) work.end();
  await Promise.all(running);
});
