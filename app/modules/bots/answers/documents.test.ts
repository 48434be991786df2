import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DOCUMENTS, type DocumentKind, readDocument } from "./documents";

/** Numbers that are published as examples or belong to public bodies and firms. */
const VALID: [DocumentKind, string, string][] = [
  ["dni", "30.123.456", "30123456"],
  ["cuit", "30-50001091-2", "30500010912"],
  ["cuit", "33-69345023-9", "33693450239"],
  ["cuit", "20-12345678-6", "20123456786"],
  ["ci_py", "4.123.456", "4123456"],
  ["ci_uy", "1.234.567-2", "12345672"],
  ["ruc", "80009735-1", "800097351"],
  ["cpf", "529.982.247-25", "52998224725"],
  ["cpf", "111.444.777-35", "11144477735"],
  ["cnpj", "11.222.333/0001-81", "11222333000181"],
  ["cnpj", "00.000.000/0001-91", "00000000000191"],
  ["cnpj", "12.ABC.345/01DE-35", "12ABC34501DE35"],
];

describe("a document's number", () => {
  it.each(VALID)("%s %s is valid", (kind, written, number) => {
    expect(readDocument(written, [kind])).toEqual({ kind, number });
  });

  it("is not valid with another last digit, where that is a check digit", () => {
    const checked = VALID.filter(([kind]) => kind !== "dni" && kind !== "ci_py");
    for (const [kind, , number] of checked) {
      const others = [..."0123456789"].filter((digit) => digit !== number.at(-1));
      for (const digit of others) expect(readDocument(`${number.slice(0, -1)}${digit}`, [kind])).toBeNull();
    }
  });

  it.each([
    ["dni", "123"],
    ["cuit", "20-12345678-5"],
    ["cuit", "99-12345678-6"],
    ["ci_py", "0123456"],
    ["ci_uy", "1.234.567-3"],
    ["ci_uy", "11111111"],
    ["ruc", "80009735-2"],
    ["cpf", "111.111.111-11"],
    ["cpf", "529.982.247-26"],
    ["cnpj", "11.222.333/0001-82"],
    ["cnpj", "12ABC34501DEAB"],
    ["cpf", "hola"],
  ] as [DocumentKind, string][])("%s %s is not", (kind, written) => expect(readDocument(written, [kind])).toBeNull());

  it("is the first of the kinds asked for that it fits, and never throws", () => {
    expect(readDocument("529.982.247-25", ["cnpj", "cpf"])).toEqual({ kind: "cpf", number: "52998224725" });
    fc.assert(fc.property(fc.string(), (text) => void readDocument(text, DOCUMENTS)));
  });
});
