import { describe, expect, it } from "vitest";
import { contactRights } from "./policy";

describe("contactRights", () => {
  it.each([
    ["agent", { hasTickets: true, seesTicket: true }, true],
    ["agent", { hasTickets: false, seesTicket: false }, true],
    ["agent", { hasTickets: true, seesTicket: false }, false],
    ["admin", { hasTickets: true, seesTicket: false }, true],
  ] as const)("an %s with %j sees it: %s", (role, ties, see) => {
    expect(contactRights(role, ties)).toEqual({ see, change: see, erase: role === "admin" });
  });
});
