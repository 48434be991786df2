import { expect, it } from "vitest";
import { fillHoursText, sayOpening } from "./hours-text";

const now = new Date("2026-03-06T23:00:00Z");
const monday = new Date("2026-03-09T12:00:00Z");
const timeZone = "America/Argentina/Buenos_Aires";

it("says when it opens next by the organisation's language and clock", () => {
  expect(sayOpening(monday, now, { locale: "es", timeZone })).toMatch(/^lunes.*09:00$/);
  expect(sayOpening(monday, now, { locale: "pt-BR", timeZone: "America/Sao_Paulo" })).toMatch(/^segunda-feira.*09:00$/);
  expect(sayOpening(monday, now, { locale: "en", timeZone: "America/Asuncion" })).toMatch(/^Monday.*09:00$/);
  expect(sayOpening(new Date("2026-03-16T12:00:00Z"), now, { locale: "es", timeZone })).toMatch(/16 de marzo/);
});

it("fills it in wherever the text asks for it, and takes nothing else for a variable", () => {
  expect(fillHoursText("Abrimos {{next_opening}}. {{ next_opening }} {{x}}", { next_opening: "el $& lunes" })).toBe(
    "Abrimos el $& lunes. el $& lunes {{x}}",
  );
});
