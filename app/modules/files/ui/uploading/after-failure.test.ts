import { expect, it } from "vitest";
import { afterFailure } from "./after-failure";

it("a network that is away is waited for, however long, at most half a minute between attempts", () => {
  const waits = [1, 2, 3, 6, 100].map((attempts) => afterFailure({ status: null, code: null }, attempts));
  expect(waits.map((verdict) => verdict.do === "wait" && verdict.ms)).toEqual([1000, 2000, 4000, 30_000, 30_000]);
});

it.each([409, 423, 429, 500, 503])("%i may pass, and is believed at last", (status) => {
  expect(afterFailure({ status, code: "busy" }, 1).do).toBe("wait");
  expect(afterFailure({ status, code: "busy" }, 8)).toEqual({ do: "fail", code: "busy" });
});

it.each([400, 401, 403, 404, 413, 507])("%i is final at once", (status) => {
  expect(afterFailure({ status, code: "storage_full" }, 1)).toEqual({ do: "fail", code: "storage_full" });
  expect(afterFailure({ status, code: null }, 1)).toEqual({ do: "fail", code: "unexpected" });
});
