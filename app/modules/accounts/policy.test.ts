import { describe, expect, test } from "vitest";
import { type AccountActor, SYSTEM } from "./actor";
import { type AccountAction, actions, authorise, may, memberRights } from "./policy";

const ORG = "org-a";
const actor = (role: "agent" | "admin" | null, scopes?: string[]): AccountActor => ({
  kind: "account",
  accountId: "me",
  name: "Ana",
  email: "ana@example.test",
  sessionId: scopes ? null : "session",
  memberships: role ? [{ orgId: ORG, memberId: "m", role, areaIds: [] }] : [],
  token: scopes ? { id: "t", scopes } : null,
});
const all = Object.keys(actions) as AccountAction[];
const reads: AccountAction[] = ["members.read", "areas.read", "organisation.read"];

describe("who may what", () => {
  test("an admin everything, an agent only what is read", () => {
    expect(all.filter((action) => may(actor("admin"), ORG, action))).toEqual(all);
    expect(all.filter((action) => may(actor("agent"), ORG, action))).toEqual(reads);
  });

  test("nothing in another organisation, nor as a guest", () => {
    const guest = {
      kind: "guest",
      guestId: "g",
      orgId: ORG,
      contactId: "c",
      identityId: "i",
      conversationId: "v",
      name: "",
    } as const;
    for (const action of all) {
      expect(may(actor("admin"), "org-b", action)).toBe(false);
      expect(may(actor(null), ORG, action)).toBe(false);
      expect(may(guest, ORG, action)).toBe(false);
      expect(may(SYSTEM, ORG, action)).toBe(true);
    }
  });

  test("a token no more than its scopes, and never more than its member", () => {
    expect(all.filter((action) => may(actor("admin", ["members:read"]), ORG, action))).toEqual(["members.read"]);
    expect(all.filter((action) => may(actor("admin", ["*"]), ORG, action))).toEqual(all);
    expect(all.filter((action) => may(actor("agent", ["*", "members:write"]), ORG, action))).toEqual(reads);
    expect(all.filter((action) => may(actor("admin", []), ORG, action))).toEqual([]);
  });

  test("a stranger is told there is nothing, an agent that it is not for them", () => {
    expect(() => authorise(actor(null), ORG, "members.read")).toThrowError(expect.objectContaining({ status: 404 }));
    expect(() => authorise(actor("agent"), ORG, "members.write")).toThrowError(
      expect.objectContaining({ status: 403 }),
    );
    expect(authorise(actor("admin"), ORG, "members.write")?.memberId).toBe("m");
  });
});

describe("what a row of the list offers", () => {
  test("an agent may leave and say whether they are there, and nothing about others", () => {
    expect(memberRights(actor("agent"), ORG, { accountId: "me", role: "agent" }, 1)).toEqual({
      changeRole: false,
      changeAreas: false,
      remove: true,
      changeAvailability: true,
    });
    expect(Object.values(memberRights(actor("agent"), ORG, { accountId: "you", role: "agent" }, 1))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test("the last admin stays one", () => {
    const last = memberRights(actor("admin"), ORG, { accountId: "me", role: "admin" }, 1);
    expect(last).toMatchObject({ changeRole: false, remove: false, changeAreas: true });
    const one = memberRights(actor("admin"), ORG, { accountId: "me", role: "admin" }, 2);
    expect(one).toMatchObject({ changeRole: true, remove: true });
  });
});
