import { expect, it, vi } from "vitest";
import { AppError } from "../errors";
import { outlast } from "./outlast.server";

const away = () => new AppError("unavailable", 503, { retryable: true });
const running = new AbortController().signal;

it("does the work again until what was away is back", async () => {
  const work = vi.fn().mockRejectedValueOnce(away()).mockRejectedValueOnce(away()).mockResolvedValue("done");
  expect(await outlast(running, work)).toBe("done");
  expect(work).toHaveBeenCalledTimes(3);
});

it("gives up at once on what will not pass, and when it is told to stop", async () => {
  const wrong = vi.fn().mockRejectedValue(new Error("wrong"));
  await expect(outlast(running, wrong)).rejects.toThrow("wrong");
  expect(wrong).toHaveBeenCalledTimes(1);
  const work = vi.fn().mockImplementation(async () => {
    throw away();
  });
  await expect(outlast(AbortSignal.abort(), work)).rejects.toMatchObject({ code: "unavailable" });
  expect(work).toHaveBeenCalledTimes(1);
});
