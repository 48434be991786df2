import { describe, expect, it } from "vitest";
import { savedOf } from "../nodes/http/http-node";
import { httpSettings } from "../nodes/http/http-settings";
import { readPath, writePath } from "../nodes/http/json-path";
import { sampleBody } from "../nodes/http/sample-body";
import type { Json } from "../wording/json";
import { answerFrom, askedWords, outputOf, SERVER_OUTCOMES, type ServerKind } from "./server-answer";

const saves = [
  { path: "data.order[1].state", to: "state" },
  { path: "data.items", to: "slots", items: { label: "$.hour.text", value: "id", description: null } },
];
const settings = httpSettings.parse({ url: "https://api.tienda.test/x", saves });

describe("an answer of another server, made up", () => {
  it("is one of which the node saves the values that it shall", () => {
    const values = { state: "en camino", slots: [{ label: "9 h", value: 7, description: null }] };
    expect(savedOf(settings, sampleBody(settings, values))).toEqual(values);
    expect(savedOf(settings, sampleBody(settings))).toMatchObject({ state: "state", slots: [{ label: "slots" }] });
    expect(savedOf(settings, sampleBody(settings, { state: null, slots: [] }))).toEqual({ state: null, slots: [] });
  });

  it("is written along any path that can be read", () => {
    for (const path of ["a", "a.b[2].c", "[0]", "$", "$.x[1][1]", "a.constructor"])
      expect(readPath(writePath({ a: { other: 1 } }, path, "here"), path)).toBe("here");
    expect(writePath({ a: { other: 1 } }, "a.b", 2)).toEqual({ a: { other: 1, b: 2 } });
    expect((writePath(null, "[999999]", 1) as Json[]).length).toBeLessThan(300);
  });
});

describe("what people say that the server answers", () => {
  it("comes back as it was written, for each kind and outcome", () => {
    for (const kind of Object.keys(SERVER_OUTCOMES) as ServerKind[])
      for (const outcome of SERVER_OUTCOMES[kind]) {
        const text = outcome === "answers" ? '{\n  "a": 1\n}' : outcome === "knows" ? "Sí, a todo el país." : "";
        const output = outputOf(kind, { outcome, status: 201, text });
        expect(output, `${kind} ${outcome}`).not.toBeNull();
        expect(answerFrom(kind, output)).toMatchObject({ outcome, ...(text && { text }) });
      }
  });

  it("is none where it is no JSON, or says nothing", () => {
    expect(outputOf("http", { outcome: "answers", status: 200, text: "{" })).toBeNull();
    expect(outputOf("http", { outcome: "answers", status: 204, text: " " })).toEqual({ status: 204, body: null });
    expect(outputOf("faq", { outcome: "knows", status: 200, text: " " })).toBeNull();
  });

  it("is asked for in words without a secret", () => {
    const input = { method: "POST", url: ["https://x.test/?k=", { secret: "clave", as: "url" }], body: ["{}"] };
    expect(askedWords({ kind: "http", input })).toBe("POST https://x.test/?k=•••\n{}");
    expect(askedWords({ kind: "faq", input: { text: "¿Hacen envíos?", language: "es" } })).toBe("¿Hacen envíos?");
  });
});
