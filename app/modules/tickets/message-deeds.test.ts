import { describe, expect, it } from "vitest";
import type { Message } from "~/modules/messaging";
import { isOwn, type MessageReader, messageDeeds } from "./message-deeds";

const message = (more: Partial<Message> = {}) =>
  ({
    ...{ author: { kind: "member", id: "m1", name: "Bruno" }, kind: "text", text: "Hola", visibility: "public" },
    ...{ attachments: [], deleted_at: null },
    ...more,
  }) as Message;
const agent: MessageReader = { kind: "member", id: "m1", admin: false, open: true, pins: true, carried: false };
const customer: MessageReader = { kind: "contact", id: "c1", admin: false, open: true, pins: false, carried: false };
const person: MessageReader = { kind: "account", id: "a1", admin: false, open: true, pins: false, carried: false };
const of = (one: Message, reader: MessageReader) => messageDeeds(one, reader).deeds.join(" ");
const theirs = { author: { kind: "contact", id: "c1", name: "Ana" } } as const;

describe("what can be done with a message", () => {
  it("by an agent: their own changed and taken back, unless a provider has carried it away", () => {
    expect(of(message(), agent)).toBe("reply copy forward star pin readers edit hide delete");
    expect(of(message(), { ...agent, carried: true })).toBe("reply copy forward star pin readers hide");
    expect(of(message(theirs), agent)).toBe("reply copy forward star pin hide");
    expect(of(message(), { ...agent, id: "m2" })).toBe("reply copy forward star pin hide");
    expect(of(message(), { ...agent, id: "m2", admin: true })).toBe("reply copy forward star pin hide delete");
  });

  it("with a note: by its author all but passing it on, wherever the customer is", () => {
    const note = message({ visibility: "staff" });
    expect(of(note, { ...agent, carried: true })).toBe("reply copy star pin readers edit hide delete");
    expect(of(note, { ...agent, id: "m2" })).toBe("reply copy star pin hide");
  });

  it("by a customer: nothing that is the organisation's to say", () => {
    expect(of(message(), customer)).toBe("reply copy forward star hide");
    expect(of(message(theirs), customer)).toBe("reply copy forward star edit hide delete");
    expect(messageDeeds(message(), customer).react).toBe(true);
    expect(messageDeeds(message(), { ...customer, id: "" }).react).toBe(false);
  });

  it("among people: what others said can be reported; where nothing can be written, nothing is answered", () => {
    const other = message({ author: { kind: "account", id: "a2", name: "Eva" } });
    expect(of(other, person)).toBe("reply copy forward star report hide");
    expect(of(other, { ...person, open: false })).toBe("copy forward star report hide");
    expect(messageDeeds(other, { ...person, open: false }).react).toBe(false);
    expect(
      of(message({ author: { kind: "account", id: "a1", name: "Yo" }, text: "" }), { ...person, pins: true }),
    ).toBe("reply star pin readers edit hide delete");
  });

  it("with what was taken back, or says itself what happened: nothing", () => {
    expect(messageDeeds(message({ deleted_at: "2026-11-26T10:00:00Z" }), agent)).toEqual({ deeds: [], react: false });
    expect(messageDeeds(message({ kind: "system" }), agent)).toEqual({ deeds: [], react: false });
  });
});

it("knows a customer's words by their side, and others' by their author", () => {
  expect(isOwn(message(theirs), { ...customer, id: "" })).toBe(true);
  expect([isOwn(message(), agent), isOwn(message(), { ...agent, id: "m2" })]).toEqual([true, false]);
  expect(isOwn(message({ author: { kind: "account", id: "m1", name: "" } }), agent)).toBe(false);
});
