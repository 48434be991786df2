import { expect, it } from "vitest";
import { fillVariables, firstNameOf, splitVariables } from "./fill-variables";

const VALUES = { "contact.name": "Ana Pérez", "contact.first_name": "Ana", "ticket.number": "12" };

it.each([
  ["Hola {{contact.first_name}}, tu ticket es {{ ticket.number }}.", "Hola Ana, tu ticket es 12."],
  ["{{contact.name}}{{contact.name}}", "Ana PérezAna Pérez"],
  ["{{agent.name}} y {{nada}}", "{{agent.name}} y {{nada}}"],
  ["{{constructor}} {{__proto__}} {{contact.name.length}}", "{{constructor}} {{__proto__}} {{contact.name.length}}"],
  ["{contact.name} {{contact.name} {{", "{contact.name} {{contact.name} {{"],
  ["", ""],
])("fills %j (TE4)", (text, filled) => expect(fillVariables(text, VALUES)).toBe(filled));

it("never reads a value as a text with variables (TE4)", () => {
  const values = { "contact.name": "{{ticket.number}} $& $1", "ticket.number": "12" };
  expect(fillVariables("{{contact.name}}", values)).toBe("{{ticket.number}} $& $1");
});

it("says which part is which", () => {
  expect(splitVariables("a {{ticket.number}}{{x}} b", VALUES)).toEqual([
    { text: "a ", kind: "text" },
    { text: "12", kind: "filled" },
    { text: "{{x}}", kind: "unknown" },
    { text: " b", kind: "text" },
  ]);
});

it("knows the first name", () => expect([" Ana  Pérez", "", "Ñ"].map(firstNameOf)).toEqual(["Ana", "", "Ñ"]));
