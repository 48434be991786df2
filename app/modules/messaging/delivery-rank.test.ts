import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextDelivery } from "./delivery-rank";

const mark = fc.constantFrom("queued", "sent", "delivered", "read", "failed", "unknown") as fc.Arbitrary<
  Parameters<typeof nextDelivery>[1]
>;

describe("nextDelivery", () => {
  it("moves up and never back", () => {
    expect(nextDelivery("queued", "sent")).toBe("sent");
    expect(nextDelivery("read", "delivered")).toBe("read");
    expect(nextDelivery("delivered", "sent")).toBe("delivered");
  });

  it("fails only what has not arrived", () => {
    expect(nextDelivery("sent", "failed")).toBe("failed");
    expect(nextDelivery("delivered", "failed")).toBe("delivered");
    expect(nextDelivery("failed", "delivered")).toBe("delivered");
  });

  it("ends in the same mark in any order once read was among the news", () => {
    fc.assert(
      fc.property(fc.array(mark), fc.nat(), (news, place) => {
        const all = [...news];
        all.splice(place % (news.length + 1), 0, "read");
        expect(all.reduce<ReturnType<typeof nextDelivery>>((now, next) => nextDelivery(now, next), "queued")).toBe(
          "read",
        );
      }),
    );
  });
});
