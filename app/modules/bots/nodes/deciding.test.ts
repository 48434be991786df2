import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import type { StepEnv } from "../engine/run";

const text = (words: string) => ({ kind: "text", settings: { texts: [words] } });
const end = { kind: "ask", settings: { question: "Fin" } };
const rule = (variable: string, operator: string, value = "") => ({ rules: [{ variable, operator, value }] });

/** What is said on the way that a deciding node takes with these settings. */
function goes(kind: string, settings: object, exits: string[], situation: Parameters<typeof fakeCustomer>[1] = {}) {
  const ways = Object.fromEntries(exits.map((exit) => [`to-${exit}`, text(exit)]));
  const flow = flowOf({ d: { kind, settings }, ...ways, end }, [
    ...exits.map((exit) => `d.${exit}>to-${exit}`),
    ...exits.map((exit) => `to-${exit}.next>end`),
  ]);
  return fakeCustomer(flow, situation).begin("hola").heard()[0];
}

describe("a condition", () => {
  const branches = [
    { id: "vip", condition: rule("contact.tags", "equals", "VIP") },
    { id: "tel", condition: rule("contact.phone", "matches", "^\\+595") },
    { id: "wa", condition: rule("system.channel", "equals", "whatsapp") },
    { id: "pt", condition: rule("system.language", "equals", "pt") },
  ];
  const exits = ["vip", "tel", "wa", "pt", "else"];
  const goesFor = (situation: Parameters<typeof fakeCustomer>[1]) => goes("condition", { branches }, exits, situation);

  it("takes the first branch that holds, else else", () => {
    expect(goesFor({ variables: { contact: { tags: ["sur", "vip"], phone: "+595981" } } })).toBe("vip");
    expect(goesFor({ variables: { contact: { phone: "+595981" } } })).toBe("tel");
    expect(goesFor({ channel: "whatsapp" })).toBe("wa");
    expect(goesFor({ variables: { system: { language: "pt" } } })).toBe("pt");
    expect(goesFor({})).toBe("else");
  });
});

describe("hours and agents", () => {
  const desk: StepEnv["desk"] = {
    hours: { "": { open: false, opensAt: null }, Ventas: { open: true, opensAt: null } },
    available: { "": false, Ventas: true },
  };

  it("go by what the desk says of the area that is named", () => {
    expect(goes("hours", {}, ["open", "closed"], { desk })).toBe("closed");
    expect(goes("hours", { area: "Ventas" }, ["open", "closed"], { desk })).toBe("open");
    expect(goes("agents", {}, ["yes", "no"], { desk })).toBe("no");
    expect(goes("agents", { area: "Ventas" }, ["yes", "no"], { desk })).toBe("yes");
    expect(goes("hours", {}, ["open", "closed"])).toBe("open");
  });
});

describe("a split", () => {
  const shares = [
    { id: "a", weight: 1 },
    { id: "b", weight: 0 },
    { id: "c", weight: 3 },
  ];
  const taken = (random: number, weights = shares) => goes("split", { shares: weights }, ["a", "b", "c"], { random });

  it("takes each share as often as its weight says", () => {
    const ways = Array.from({ length: 100 }, (_, i) => taken(i / 100));
    expect(ways.filter((way) => way === "a")).toHaveLength(25);
    expect(ways.filter((way) => way === "c")).toHaveLength(75);
  });

  it("takes all alike where every weight is 0", () => {
    const none = shares.map((share) => ({ ...share, weight: 0 }));
    expect([0, 0.4, 0.99].map((random) => taken(random, none))).toEqual(["a", "b", "c"]);
  });
});
