import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHANNEL_KINDS, CHANNEL_LIMITS } from "../kinds";
import type { OutboundContent } from "../outbound-message";
import { fitContent } from "./fit-content";
import { measureText } from "./split-text";

const { whatsapp, messenger, instagram, web } = CHANNEL_LIMITS;
const buttons = (...titles: string[]): Extract<OutboundContent, { type: "buttons" }> => ({
  type: "buttons",
  text: "¿Qué necesitás?",
  buttons: titles.map((title, i) => ({ id: `item-${i}`, title })),
});
const list = (count: number, title = "Fila"): Extract<OutboundContent, { type: "list" }> => ({
  type: "list",
  text: "Elegí un tema",
  button: "Ver temas",
  sections: [{ rows: Array.from({ length: count }, (_, i) => ({ id: `r${i}`, title: `${title} ${i}` })) }],
});

describe("fitContent", () => {
  it("leaves alone what fits", () => {
    expect(fitContent(buttons("Ventas", "Soporte", "Otro"), whatsapp)).toEqual([buttons("Ventas", "Soporte", "Otro")]);
    expect(fitContent(list(10), whatsapp)).toEqual([list(10)]);
    expect(fitContent(list(500), web)).toEqual([list(500)]);
  });

  it.each([
    ["a fourth button", buttons("a", "b", "c", "d")],
    ["a label of 21 characters", buttons("x".repeat(21))],
    ["two equal labels", buttons("Sí", "Sí")],
    ["an empty label", buttons("Sí", "")],
    ["no text above", { ...buttons("Sí"), text: " " }],
  ])("numbers WhatsApp buttons with %s", (_, content) => {
    const fitted = fitContent(content, whatsapp);
    expect(fitted.map((part) => part.type)).toEqual(["text"]);
    content.buttons.forEach((button, i) => {
      expect(fitted[0]?.text).toContain(`${i + 1}. ${button.title}`.trim());
    });
  });

  it("numbers a list of 11 rows, keeping descriptions and footer", () => {
    const long = { ...list(11), footer: "Respondé con un número" };
    long.sections[0]!.rows[0]!.description = "de 9 a 18";
    expect(fitContent(long, whatsapp)).toEqual([
      {
        type: "text",
        text: expect.stringMatching(
          /^Elegí un tema\n\n1\. Fila 0: de 9 a 18\n2\. Fila 1\n[\s\S]*\n11\. Fila 10\n\nRespondé con un número$/,
        ),
      },
    ]);
  });

  it("needs section titles when a WhatsApp list has two sections", () => {
    const two = { ...list(2), sections: [...list(2).sections, { title: "Más", rows: [{ id: "z", title: "Z" }] }] };
    expect(fitContent(two, whatsapp)[0]?.type).toBe("text");
    two.sections[0] = { ...two.sections[0]!, title: "Temas" };
    expect(fitContent(two, whatsapp)).toEqual([two]);
  });

  it("shows a short list as quick replies where there are no lists", () => {
    expect(fitContent(list(13), messenger)[0]).toMatchObject({ type: "buttons", text: "Elegí un tema" });
    expect(fitContent(list(14), messenger)[0]?.type).toBe("text");
  });

  it("sends a long text first and the buttons under its last part", () => {
    const content = { ...buttons("Sí", "No"), text: `${"palabra ".repeat(300)}¿Seguimos?`, footer: "x".repeat(61) };
    const fitted = fitContent(content, whatsapp);
    expect(fitted.slice(0, -1).every((part) => part.type === "text")).toBe(true);
    expect(fitted.at(-1)).toMatchObject({ type: "buttons", buttons: content.buttons, footer: undefined });
    expect(fitted.map((part) => part.text).join(" ")).toContain("x".repeat(61));
  });

  it("counts Instagram's bytes", () => {
    const parts = fitContent({ type: "text", text: "ñandú ".repeat(400) }, instagram);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(measureText(part.text, "bytes")).toBeLessThanOrEqual(1000);
  });

  it("never exceeds a channel's limits and never loses an item", () => {
    const title = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((t) => /^\S.*\S$|^\S$/.test(t));
    const anything = fc.record({
      text: fc.lorem({ maxCount: 400 }),
      footer: fc.option(fc.lorem({ maxCount: 12 }), { nil: undefined }),
      titles: fc.array(title, { minLength: 1, maxLength: 16 }),
      asList: fc.boolean(),
    });
    fc.assert(
      fc.property(anything, fc.constantFrom(...CHANNEL_KINDS), ({ text, footer, titles, asList }, kind) => {
        const items = titles.map((value, i) => ({ id: `i${i}`, title: value }));
        const content: OutboundContent = asList
          ? { type: "list", text, footer, button: "Ver", sections: [{ rows: items }] }
          : { type: "buttons", text, footer, buttons: items };
        const limits = CHANNEL_LIMITS[kind];
        const fitted = fitContent(content, limits);
        for (const part of fitted) {
          const body =
            part.type === "text" ? limits.text.max : (limits[part.type === "list" ? "list" : "buttons"]?.body ?? 0);
          expect(measureText(part.text, limits.text.unit)).toBeLessThanOrEqual(body);
        }
        const shown = JSON.stringify(fitted).replace(/\\n|\s/g, "");
        for (const { title: label } of items)
          expect(shown).toContain(JSON.stringify(label).slice(1, -1).replace(/\s/g, ""));
      }),
      { numRuns: 300 },
    );
  });
});
