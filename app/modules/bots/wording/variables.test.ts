import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillText, readVariable, templateUses, type Variables } from "./variables";

const variables: Variables = {
  contact: {
    name: "Íñigo {{org.name}}",
    vip: true,
    puntos: 0,
    vacío: "  ",
    tags: ["a", "b"],
    obra: { calle: "Güemes" },
  },
  ticket: { number: 42 },
  flow: { pedido: "A-7" },
  org: { name: "Panadería Ñandú", secrets: { token: "hush" } },
  system: { channel: "whatsapp" },
};

describe("fillText", () => {
  it.each([
    ["Hola, {{contact.name}}", "Hola, Íñigo {{org.name}}"],
    ["{{ org.name }} · {{flow.pedido}}", "Panadería Ñandú · A-7"],
    ["{{contact.obra.calle}}", "Güemes"],
    ["{{contact.vip}} {{contact.puntos}} {{ticket.number}}", "true 0 42"],
    ["Hola, {{contact.apodo|vecino}}", "Hola, vecino"],
    ["Hola, {{contact.vacío| vecina querida }}", "Hola, vecina querida"],
    ["{{contact.apodo|}}.", "."],
    ["{{contact.apodo|a|b}}", "a|b"],
    ["[{{contact.tags}}] [{{contact.obra}}] [{{contact}}]", "[] [] []"],
    ["{contact.name} {{}} {{ }} {{{flow.pedido}}}", "{contact.name}   {A-7}"],
  ])("fills %j", (text, filled) => {
    expect(fillText(text, variables)).toBe(filled);
  });

  it.each([
    "{{constructor.constructor}}",
    "{{contact.constructor}}",
    "{{contact.constructor.name}}",
    "{{contact.__proto__.toString}}",
    "{{contact.obra.hasOwnProperty}}",
    "{{contact.tags.length.constructor}}",
    "{{contact.name.length}}",
    "{{contact.name.__proto__}}",
    "{{toString.name}}",
    "{{__proto__.flow}}",
    "{{contact['name']}}",
    "{{contact.name.constructor('return process')()}}",
    "{{org.secrets}}",
    "{{org.secrets.token}}",
    "{{ org.secrets.token }}",
    "{{process.env.HOME}}",
    "{{globalThis.process}}",
  ])("renders %s as nothing", (text) => {
    expect(fillText(text, variables)).toBe("");
  });

  it.each([`$${"{flow.pedido}"}`, "{{#if a}}", "<%= 1 %>", "{{flow.pedido", "flow.pedido}}"])(
    "leaves %j as it is or empty",
    (text) => {
      expect([text, ""]).toContain(fillText(text, variables));
    },
  );

  it("reads what a JSON document named __proto__ without reaching the prototype", () => {
    const contact = JSON.parse('{"__proto__":{"admin":"no"}}') as Variables["contact"];
    expect(readVariable({ ...variables, contact }, "contact.admin")).toBeNull();
    expect(readVariable({ ...variables, contact }, "contact.toString")).toBeNull();
  });

  it("answers for any text and any path with a text, and stays linear on braces", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof fillText(`{{${text}}}`, variables) === "string"));
    expect(fillText("{{".repeat(100_000), variables)).toHaveLength(200_000);
  });
});

describe("templateUses", () => {
  it("lists paths and what stands in for them", () => {
    expect(templateUses("{{contact.name|vecino}} {{ flow.x }}")).toEqual([
      { path: "contact.name", fallback: "vecino" },
      { path: "flow.x", fallback: null },
    ]);
  });
});
