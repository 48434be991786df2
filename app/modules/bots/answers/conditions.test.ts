import { describe, expect, it } from "vitest";
import type { Variables } from "../wording/variables";
import { type Condition, conditionSchema, holds, type Rule } from "./conditions";

const variables: Variables = {
  contact: { city: "Tucumán", tags: ["VIP", "Mayorista"], points: 12, price: "10,5", empty: " ", none: null },
  ticket: {},
  flow: { other: "tucuman" },
  org: { secrets: { token: "x" } },
  system: { channel: "whatsapp", in_hours: true },
};
const rule = (variable: string, operator: Rule["operator"], value = ""): Rule => ({ variable, operator, value });
const condition = (match: Condition["match"], ...rules: Rule[]): Condition => ({ match, rules });

describe("holds", () => {
  it.each([
    [rule("contact.city", "equals", "TUCUMAN"), true],
    [rule("contact.city", "equals", "{{flow.other}}"), true],
    [rule("contact.city", "not_equals", "Salta"), true],
    [rule("contact.city", "contains", "cumá"), true],
    [rule("contact.city", "starts", "tucu"), true],
    [rule("contact.city", "ends", "man"), true],
    [rule("contact.city", "ends", "tucu"), false],
    [rule("contact.city", "contains", ""), false],
    [rule("contact.city", "starts", "{{flow.nada}}"), false],
    [rule("contact.tags", "contains", "mayorista"), true],
    [rule("contact.tags", "equals", "vip"), true],
    [rule("contact.tags", "contains", "may"), false],
    [rule("contact.points", "greater", "9"), true],
    [rule("contact.points", "less", "9"), false],
    [rule("contact.price", "greater", "10.4"), true],
    [rule("contact.city", "greater", "1"), false],
    [rule("contact.none", "less", "1"), false],
    [rule("contact.none", "equals", ""), false],
    [rule("contact.none", "empty"), true],
    [rule("contact.empty", "set"), false],
    [rule("contact.constructor", "set"), false],
    [rule("org.secrets.token", "set"), false],
    [rule("system.in_hours", "equals", "true"), true],
  ])("%j is %s", (one, expected) => {
    expect(holds(condition("all", one), variables)).toBe(expected);
  });

  it("joins rules by and, or by or", () => {
    const yes = rule("contact.city", "set");
    const no = rule("contact.city", "empty");
    expect(holds(condition("all", yes, no), variables)).toBe(false);
    expect(holds(condition("any", yes, no), variables)).toBe(true);
  });

  it("refuses unknown operators and no rules", () => {
    expect(conditionSchema.safeParse({ rules: [] }).success).toBe(false);
    expect(
      conditionSchema.safeParse({ rules: [{ variable: "a.b", operator: "resembles", value: "(a+)+$" }] }).success,
    ).toBe(false);
  });
});
