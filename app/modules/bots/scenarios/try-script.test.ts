import { describe, expect, it } from "vitest";
import { flowOf } from "../engine/fake-customer";
import { menu, shop } from "../engine/fake-shop";
import type { Flow } from "../flow";
import { perform } from "../simulator/perform";
import { type Deed, newSimulation } from "../simulator/simulation";
import { newSituation } from "../simulator/situation";
import { scriptSchema } from "./script";
import { scriptOf } from "./script-of";
import { tryScript } from "./try-script";

const situation = { ...newSituation("web", "2026-03-02T12:00:00.000Z"), contact: { name: "Íñigo" } };
const text = (words: string): Deed => ({ do: "say", answer: { kind: "text", text: words, payload: null } });

function kept(flow: Flow, deeds: Deed[]) {
  const script = scriptOf(deeds.reduce(perform, newSimulation(flow, situation)), situation);
  if (!script) throw new Error("nothing was done");
  // As it comes back from where it is kept.
  return scriptSchema.parse(JSON.parse(JSON.stringify(script)));
}

describe("a scenario", () => {
  const deeds: Deed[] = [
    text("hola"),
    { do: "set", path: "contact.name", value: "Ana" },
    text("qué?"),
    { do: "wait", seconds: 3600 },
    { do: "change", facts: { inHours: false } },
    text("Ventas"),
  ];

  it("kept from a conversation passes on the flow that it was kept from", () => {
    const script = kept(shop, deeds);
    expect(tryScript(shop, script)).toEqual([]);
    expect(script.steps.map((step) => step.do)).toEqual(["say", "set", "say", "wait", "change", "say"]);
    expect(script.steps[0]).toMatchObject({
      expect: {
        says: [{ text: "¡Hola, Íñigo!" }, { choices: ["Ventas", "Soporte técnico", "Horarios"] }],
        ends: null,
      },
    });
    expect(script.steps.at(-1)).toMatchObject({
      expect: { says: [{ text: "Te paso con Ventas, Ana." }], ends: "handed_over" },
    });
  });

  it("says where another flow differs, with what it says instead", () => {
    const script = kept(shop, deeds);
    const other = structuredClone(shop);
    const greeting = other.nodes.find(({ id }) => id === "saludo");
    if (greeting?.kind !== "text") throw new Error("no greeting");
    greeting.settings.texts = ["Buenas"];
    expect(tryScript(other, script)).toMatchObject([
      {
        step: 1,
        did: "hola",
        expected: { says: [{ text: "¡Hola, Íñigo!" }, {}] },
        got: { says: [{ text: "Buenas" }, {}] },
      },
    ]);
  });

  it("notices a label that changed, an end that did not come, and one too many words", () => {
    const script = kept(shop, [text("hola"), text("Ventas")]);
    const relabelled = flowOf({ menu: menu() }, []);
    const found = tryScript(relabelled, script);
    expect(found.map(({ step }) => step)).toEqual([1, 2]);
    expect(found[1]).toMatchObject({ expected: { ends: "handed_over" }, got: { ends: "handed_over" } });
    expect(tryScript(flowOf({ fin: { kind: "close" } }), script)[0]).toMatchObject({
      got: { says: [], ends: "closed" },
    });
  });

  it("lives through timers: silence of a day closes in it too", () => {
    const script = kept(shop, [text("hola"), { do: "wait", seconds: 25 * 3600 }]);
    expect(script.steps[1]).toMatchObject({ expect: { says: [], ends: "closed" } });
    expect(tryScript(shop, script)).toEqual([]);
    const patient = { ...shop, settings: { ...shop.settings, noAnswerAfterSeconds: 48 * 3600 } };
    expect(tryScript(patient, script)).toMatchObject([{ step: 2, did: "+90000 s", got: { ends: null } }]);
  });

  it("is none where nothing was done, or too much", () => {
    expect(scriptOf(newSimulation(shop, situation), situation)).toBeNull();
    const waits = Array.from({ length: 101 }, (): Deed => ({ do: "wait", seconds: 1 }));
    expect(scriptOf(waits.reduce(perform, newSimulation(shop, situation)), situation)).toBeNull();
  });
});
