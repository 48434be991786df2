import { describe, expect, it } from "vitest";
import { hasGrown, titleWith } from "./unread";

describe("what a tab says of what is unread", () => {
  it("stands before its title, once", () => {
    expect(titleWith("Chats · GuazuApp", 3)).toBe("(3) Chats · GuazuApp");
    expect(titleWith("(3) Chats · GuazuApp", 120)).toBe("(99+) Chats · GuazuApp");
    expect(titleWith("(99+) Chats", 0)).toBe("Chats");
    expect(titleWith("(a) Chats", 0)).toBe("(a) Chats");
  });

  it("is said aloud when there is more, not at the begin and not when something was read", () => {
    expect(hasGrown(null, { chats: 2, tickets: 1, notices: 0 })).toBe(false);
    expect(hasGrown({ chats: 2, tickets: 1, notices: 1 }, { chats: 3, tickets: 0, notices: 0 })).toBe(true);
    expect(hasGrown({ chats: 2, tickets: 1, notices: 1 }, { chats: 2, tickets: 2, notices: 0 })).toBe(true);
    expect(hasGrown({ chats: 2, tickets: 1, notices: 1 }, { chats: 2, tickets: 1, notices: 2 })).toBe(true);
    expect(hasGrown({ chats: 2, tickets: 1, notices: 1 }, { chats: 2, tickets: 1, notices: 1 })).toBe(false);
    expect(hasGrown({ chats: 2, tickets: 1, notices: 1 }, { chats: 0, tickets: 1, notices: 0 })).toBe(false);
  });
});
