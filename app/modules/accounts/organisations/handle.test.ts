import { expect, test } from "vitest";
import { handleFrom, handleProblem } from "./handle";

test.each(["demo", "abc", "a1b", "yerba-del-sur", "123", "x".repeat(30)])("%s can be used", (handle) => {
  expect(handleProblem(handle)).toBeNull();
});

test.each(["ab", "x".repeat(31), "Demo", "ña-ña", "a b", "-abc", "abc-", "a--b", "a_b", "a.b", "", "abc\n", "demo/.."])(
  "%j is malformed",
  (handle) => expect(handleProblem(handle)).toBe("handle_malformed"),
);

test.each(["admin", "api", "guazuapp", "login", "support", "www"])("%s is kept back", (handle) => {
  expect(handleProblem(handle)).toBe("handle_reserved");
});

test.each([
  ["Yerbatería Ñandú S.A.", "yerbateria-nandu-s-a"],
  ["  ¡Hola!  ", "hola"],
  ["São João & Cia", "sao-joao-cia"],
  ["日本", ""],
  ["a".repeat(29).concat(" bc"), "a".repeat(29)],
])("%j proposes %j", (name, handle) => {
  expect(handleFrom(name)).toBe(handle);
});
