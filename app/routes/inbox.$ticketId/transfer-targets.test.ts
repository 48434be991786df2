import { describe, expect, it } from "vitest";
import type { Assignee, DeskArea } from "./desk";
import { targetsOf } from "./transfer-targets";

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
const names = (q: string) => targetsOf(desk, ticket, q).agents.map((one) => one.name);

describe("where a ticket can go", () => {
  it("offers colleagues of the area first, the available and the less busy before the others", () => {
    expect(names("")).toEqual(["Free", "Busy", "Boss", "Away", "Other"]);
  });

  it("takes the ticket along to the area of who is not in its own", () => {
    const { agents } = targetsOf(desk, ticket, "");
    expect(agents.find((one) => one.name === "Free")).toMatchObject({ areaId: undefined, areaName: "Ventas" });
    expect(agents.find((one) => one.name === "Other")).toMatchObject({
      areaId: "support",
      areaName: "Soporte técnico",
    });
  });

  it("offers every area but the ticket's own", () => {
    expect(targetsOf(desk, ticket, "").areas.map((one) => one.name)).toEqual(["Soporte técnico"]);
  });

  it("searches people and areas without accents", () => {
    expect(names("TECNICO")).toEqual(["Other"]);
    expect(targetsOf(desk, ticket, "técnico").areas).toHaveLength(1);
    expect(targetsOf(desk, ticket, "zzz")).toEqual({ agents: [], areas: [] });
  });
});
