import { describe, expect, it } from "vitest";
import { matchCommands } from "./match-commands";

const all = ["Cerrar el ticket", "Pasar a un área", "Bandeja", "Respuestas rápidas", "Ir a contactos"].map((label) => ({
  label,
}));
const found = (query: string) => matchCommands(all, query).map(({ label }) => label);

describe("commands for what is written", () => {
  it.each([
    ["", all.map(({ label }) => label)],
    ["cerr", ["Cerrar el ticket"]],
    ["AREA", ["Pasar a un área"]],
    ["rapidas resp", ["Respuestas rápidas"]],
    ["crtk", ["Cerrar el ticket"]],
    ["a", ["Pasar a un área", "Ir a contactos", "Cerrar el ticket", "Bandeja", "Respuestas rápidas"]],
    ["xyz", []],
  ])("%j", (query, labels) => expect(found(query)).toEqual(labels));

  it("are found by other words too, after those whose own words fit", () => {
    const commands = [{ label: "Salir", words: "bandeja" }, { label: "Bandeja" }];
    expect(matchCommands(commands, "band").map(({ label }) => label)).toEqual(["Bandeja", "Salir"]);
  });
});
