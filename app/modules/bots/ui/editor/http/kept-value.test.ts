import { expect, it } from "vitest";
import { httpSettings } from "../../../nodes/http/http-settings";
import { readPath } from "../../../nodes/http/json-path";
import type { Json } from "../../../wording/json";
import { answerPath, keepValue, keptAs, mayKeepMore } from "./kept-value";

const ANSWER: Json = { data: [{ "id-a": 1, $ref: 2 }], $x: 3, Fecha_Envío: 4, envíoFinal: 5 };

it.each<[(string | number)[], string]>([
  [["data", 0, "id-a"], "data[0].id-a"],
  [["data", 0, "$ref"], "data[0].$ref"],
  [["$x"], "$.$x"],
  [[], "$"],
])("writes the way to a value so that the step finds it: %j", (steps, path) => {
  expect(answerPath(steps)).toBe(path);
  const value = steps.reduce<Json>((at, step) => (at as Record<string, Json>)[step] ?? null, ANSWER);
  expect(readPath(ANSWER, path)).toEqual(value);
});

it("finds a value of a list that is the whole answer, and names no key that no path can", () => {
  expect(readPath([{ a: 7 }], answerPath([0, "a"]) ?? "")).toBe(7);
  expect(answerPath(["a b"])).toBeNull();
});

it("keeps a value under a name of its own, once", () => {
  const first = keepValue({ url: "https://a.com/" }, ["Fecha_Envío"]);
  const again = keepValue(first, ["Fecha_Envío"]);
  expect(again).toBe(first);
  expect(keptAs(first, "Fecha_Envío")).toBe("fecha_envio");
  const more = [["data", 0, "id-a"], ["envíoFinal"], ["other", "id-a"], ["12"]].reduce(keepValue, first);
  expect(httpSettings.parse(more).saves.map(({ to }) => to)).toEqual([
    "fecha_envio",
    "id_a",
    "envio_final",
    "id_a_2",
    "value",
  ]);
  const full = Array.from({ length: 40 }, (_, at) => [`k${at}`]).reduce(keepValue, first);
  expect(httpSettings.parse(full).saves).toHaveLength(30);
  expect(mayKeepMore(full)).toBe(false);
});
