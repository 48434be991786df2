import { describe, expect, it } from "vitest";
import type { Assignee, DeskArea } from "./desk";
import { agentsOf, areasOf, targetOf } from "./transfer-targets";

const area = (id: string, name: string): DeskArea => ({
  id,
  name,
  visibility: "members",
  reply_mode: "claim" as const,
  wait_limit_minutes: 30,
});
const person = (id: string, change: Partial<Assignee> = {}): Assignee => ({
  id,
  name: id,
  role: "agent",
  availability: "available",
  areaIds: ["sales"],
  open: 0,
  ...change,
});

const desk = {
  areas: [area("sales", "Ventas"), area("support", "Soporte técnico")],
  assignees: [
    person("Busy", { open: 4 }),
    person("Away", { availability: "away" }),
    person("Free"),
    person("Other", { areaIds: ["support"] }),
    person("Nowhere", { areaIds: [] }),
    person("Boss", { role: "admin", areaIds: [], open: 9 }),
    person("Holder"),
  ],
};
const ticket = { area: { id: "sales", name: "Ventas" }, assignee: { id: "Holder", name: "Holder" } };

describe("where a ticket can go", () => {
  it("is to everybody who works in an area but who has it, and to every other area", () => {
    expect(agentsOf(desk, ticket).map(({ name }) => name)).toEqual(["Busy", "Away", "Free", "Other", "Boss"]);
    expect(areasOf(desk, ticket).map(({ name }) => name)).toEqual(["Soporte técnico"]);
  });

  it("stays in its area with who is of it, and goes along with who is not", () => {
    expect(targetOf(desk, ticket, "Free")).toEqual({ memberId: "Free", area: undefined });
    expect(targetOf(desk, ticket, "Boss")).toEqual({ memberId: "Boss", area: undefined });
    expect(targetOf(desk, ticket, "Other")).toMatchObject({ memberId: "Other", area: { id: "support" } });
    expect(targetOf(desk, ticket, "support")).toMatchObject({ area: { name: "Soporte técnico" } });
    expect(targetOf(desk, ticket, "support")?.memberId).toBeUndefined();
  });

  it("is nowhere for who may not have it", () => {
    for (const chosen of ["Holder", "Nowhere", "sales", "nobody"]) expect(targetOf(desk, ticket, chosen)).toBeNull();
  });
});
