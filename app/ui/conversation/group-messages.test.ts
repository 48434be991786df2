import { describe, expect, it } from "vitest";
import { groupMessages } from "./group-messages";
import type { MessageView } from "./message-view";

const ZONE = "America/Argentina/Buenos_Aires";

function message(created_at: string, by: Partial<MessageView["author"]> = {}, more: Partial<MessageView> = {}) {
  return {
    author: { kind: "contact" as const, id: "rosa", name: "Rosa", ...by },
    visibility: "public" as const,
    kind: "text" as const,
    created_at,
    ...more,
  };
}

const marks = (messages: ReturnType<typeof message>[]) =>
  groupMessages(messages, ZONE).map(({ first, last, newDay }) =>
    [first && "first", last && "last", newDay && "day"].filter(Boolean).join(" "),
  );

describe("groupMessages", () => {
  it("puts quick messages of one author together", () => {
    const at = ["2026-11-22T12:00:00Z", "2026-11-22T12:01:00Z", "2026-11-22T12:02:00Z"];
    expect(marks(at.map((time) => message(time)))).toEqual(["first day", "", "last"]);
  });

  it("parts them after a pause of five minutes, by another author, and by a note", () => {
    expect(
      marks([
        message("2026-11-22T12:00:00Z"),
        message("2026-11-22T12:05:00Z"),
        message("2026-11-22T12:05:10Z", { kind: "bot", id: "flow", name: "Bot" }),
        message("2026-11-22T12:05:20Z", { kind: "member", id: "m1", name: "Ana" }),
        message("2026-11-22T12:05:30Z", { kind: "member", id: "m1", name: "Ana" }, { visibility: "staff" }),
      ]),
    ).toEqual(["first last day", "first last", "first last", "first last", "first last"]);
  });

  it("parts them at the reader's midnight", () => {
    expect(marks([message("2026-11-23T02:59:00Z"), message("2026-11-23T03:01:00Z")])).toEqual([
      "first last day",
      "first last day",
    ]);
  });

  it("never joins a system line", () => {
    const system = { kind: "system" as const };
    expect(marks([message("2026-11-22T12:00:00Z", {}, system), message("2026-11-22T12:00:01Z", {}, system)])).toEqual([
      "first last day",
      "first last",
    ]);
  });

  it("keeps the order it is given when clocks disagree", () => {
    const late = [message("2026-11-22T12:01:00Z"), message("2026-11-22T12:00:00Z")];
    expect(groupMessages(late, ZONE).map((grouped) => grouped.message)).toEqual(late);
  });
});
