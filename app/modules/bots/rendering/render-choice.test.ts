import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHANNEL_KINDS, CHANNEL_LIMITS, fitContent, measureText } from "~/modules/channels";
import { type ChoiceContent, renderChoice } from "./render-choice";
import { renderContent } from "./render-content";

const { whatsapp, messenger, instagram, web, internal } = CHANNEL_LIMITS;

const choiceOf = (labels: string[], changes: Partial<ChoiceContent> = {}): ChoiceContent => ({
  kind: "choice",
  body: "¿En qué te podemos ayudar?",
  footer: null,
  button: "Ver opciones",
  more: "Ver más opciones",
  items: labels.map((label, i) => ({ id: `menu:i${i}`, label, description: null })),
  page: 0,
  ...changes,
});
const rows = (count: number, label = "Opción") => Array.from({ length: count }, (_, i) => `${label} ${i + 1}`);
const textOf = (choice: ChoiceContent, limits = whatsapp) => renderChoice(choice, limits).content.text;

describe("renderChoice", () => {
  it("shows three short items as WhatsApp buttons", () => {
    expect(renderChoice(choiceOf(["Ventas", "Soporte", "Horarios"], { footer: "Panadería Ñandú" }), whatsapp)).toEqual({
      form: "buttons",
      pages: 1,
      content: {
        type: "buttons",
        text: "¿En qué te podemos ayudar?",
        footer: "Panadería Ñandú",
        buttons: [
          { id: "menu:i0", title: "Ventas" },
          { id: "menu:i1", title: "Soporte" },
          { id: "menu:i2", title: "Horarios" },
        ],
      },
    });
  });

  it.each([
    ["a fourth item", choiceOf(rows(4)), "list"],
    ["ten items", choiceOf(rows(10)), "list"],
    ["an item of 21 characters", choiceOf(["Hablar con una persona", "Sí"]), "list"],
    ["eleven items", choiceOf(rows(11)), "numbered"],
    ["an item of 25 characters", choiceOf(["x".repeat(25), "Sí"]), "numbered"],
    ["a list button of 21 characters", choiceOf(rows(4), { button: "x".repeat(21) }), "numbered"],
    ["a body of nothing but spaces", choiceOf(["Sí"], { body: "  " }), "numbered"],
  ])("shows %s on WhatsApp as it can (pitfall 19)", (_, choice, form) => {
    expect(renderChoice(choice, whatsapp).form).toBe(form);
  });

  it("prefers a list to buttons that would lose a description", () => {
    const choice = choiceOf(["Ventas"]);
    choice.items[0] = { id: "a", label: "Ventas", description: "Precios y pedidos" };
    expect(renderChoice(choice, whatsapp)).toMatchObject({
      form: "list",
      content: { button: "Ver opciones", sections: [{ rows: [{ description: "Precios y pedidos" }] }] },
    });
    expect(textOf(choice, messenger)).toContain("1. Ventas: Precios y pedidos");
  });

  it("knows no limit on our own screens", () => {
    for (const limits of [web, internal])
      expect(renderChoice(choiceOf(rows(50, "x".repeat(60))), limits).form).toBe("buttons");
  });

  it("shows 13 quick replies on Messenger and Instagram, 14 as numbers", () => {
    for (const limits of [messenger, instagram]) {
      expect(renderChoice(choiceOf(rows(13)), limits).form).toBe("buttons");
      expect(renderChoice(choiceOf(rows(14)), limits).form).toBe("numbered");
    }
  });

  it("writes numbered text with a footer", () => {
    expect(textOf(choiceOf(rows(11), { footer: "Gracias" }))).toMatch(
      /^¿En qué te podemos ayudar\?\n\n1\. Opción 1\n2\. Opción 2\n[\s\S]+\n11\. Opción 11\n\nGracias$/,
    );
  });

  it("pages a long choice, numbers running on, and begins again after the last page", () => {
    const choice = choiceOf(rows(45));
    const first = textOf(choice);
    expect(renderChoice(choice, whatsapp).pages).toBe(3);
    expect(first).toContain("\n20. Opción 20\n0. Ver más opciones");
    expect(first).not.toContain("Opción 21");
    expect(textOf({ ...choice, page: 1 })).toContain("\n21. Opción 21\n");
    expect(textOf({ ...choice, page: 2 })).toContain("\n45. Opción 45\n0. Ver más opciones");
    expect(textOf({ ...choice, page: 3 })).toBe(first);
  });

  it("gives each page an item even under a body as long as a message", () => {
    const choice = choiceOf(rows(14), { body: "ñ".repeat(500) });
    const { pages } = renderChoice(choice, instagram);
    expect(pages).toBe(14);
    expect(textOf({ ...choice, page: 13 }, instagram)).toContain("\n\n14. Opción 14\n0. Ver más opciones");
  });

  it("never cuts an item, and what it makes is what the driver sends (pitfall 19)", () => {
    const label = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
      .map((text) => text.replace(/\s+/g, " ").trim() || "x");
    const any = fc.record({
      labels: fc.array(label, { minLength: 1, maxLength: 60 }),
      footer: fc.option(fc.lorem({ maxCount: 30 })),
    });
    fc.assert(
      fc.property(any, fc.constantFrom(...CHANNEL_KINDS), ({ labels, footer }, kind) => {
        const limits = CHANNEL_LIMITS[kind];
        const { form, pages } = renderChoice(choiceOf(labels, { footer }), limits);
        const shown: string[] = [];
        for (let page = 0; page < pages; page++) {
          const { content } = renderChoice(choiceOf(labels, { footer, page }), limits);
          if (content.type === "buttons") shown.push(...content.buttons.map((b) => b.title));
          if (content.type === "list") shown.push(...content.sections.flatMap((s) => s.rows.map((r) => r.title)));
          if (content.type === "text") shown.push(content.text);
          const parts = fitContent(content, limits);
          if (form !== "numbered") expect(parts.at(-1)?.type).toBe(form);
          for (const part of parts)
            expect(measureText(part.text, limits.text.unit)).toBeLessThanOrEqual(limits.text.max);
        }
        if (form === "numbered") {
          const all = shown.join("\n");
          labels.forEach((text, i) => {
            expect(all).toContain(`${i + 1}. ${text}`);
          });
        } else expect(shown).toEqual(labels);
      }),
      { numRuns: 300 },
    );
  });
});

describe("renderContent", () => {
  it("leaves a text to the driver as it is", () => {
    expect(renderContent({ kind: "text", text: "Hola" }, whatsapp)).toEqual({ type: "text", text: "Hola" });
    expect(renderContent(choiceOf(["Sí"]), whatsapp).type).toBe("buttons");
  });
});
