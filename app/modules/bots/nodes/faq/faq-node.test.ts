import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../../engine/fake-customer";
import type { Json } from "../../wording/json";

const menu = (body: string) => ({ kind: "choice", settings: { body, items: [{ id: "a", label: "A" }] } });
const shop = (kind: "faq" | "ai_answer", settings: object, exits: string[]) =>
  flowOf(
    { q: { kind, settings }, ...Object.fromEntries(exits.map((exit) => [exit, menu(exit)])) },
    exits.map((exit) => `q.${exit}>${exit}`),
  );
const faq = (settings: object = {}) => shop("faq", settings, ["answered", "unknown"]);
const begun = (flow: ReturnType<typeof faq>, text = "¿Hacen envíos?") => {
  const customer = fakeCustomer(flow).begin(text);
  let n = 0;
  const result = (output: Json) =>
    customer.take({ type: "result", id: `r${++n}`, call: customer.state.waiting?.call ?? "", output });
  return { customer, result };
};
const found = (...scores: number[]): Json => ({
  answers: scores.map((score, i) => ({
    id: `${i}`,
    question: `Pregunta ${i + 1}`,
    answer: `Respuesta ${i + 1}`,
    score,
  })),
});

describe("an FAQ node", () => {
  it("takes the customer's last words, and answers what is like enough", () => {
    const { customer, result } = begun(faq({ saveTo: "asked" }));
    expect(customer.last.effects[0]).toMatchObject({ kind: "faq", input: { text: "¿Hacen envíos?", language: "es" } });
    expect(result(found(0.8, 0.3)).heard()).toEqual(["Respuesta 1", "answered"]);
    expect(customer.state.variables.asked).toBe("¿Hacen envíos?");
  });

  it("asks where a question is set, or where nothing was said, and again in other words", () => {
    const { customer, result } = begun(faq({ question: "¿Qué querés saber?", retry: ["¿Me lo escribís?"] }));
    expect(customer.heard()).toEqual(["¿Qué querés saber?"]);
    expect(customer.send({ kind: "sticker" }).heard()).toEqual(["¿Me lo escribís?"]);
    customer.say("¿Abren hoy?");
    expect(customer.last.effects).toContainEqual(
      expect.objectContaining({ input: { text: "¿Abren hoy?", language: "es" } }),
    );
    expect(result(found(0.9)).heard()).toEqual(["Respuesta 1", "answered"]);
    expect(customer.state.answers[0]).toMatchObject({ question: "¿Qué querés saber?", answer: "¿Abren hoy?" });
    expect(fakeCustomer(faq()).begin().heard()).toEqual(["¿Cuál es tu consulta?"]);
  });

  it("offers up to three that may be meant, and none; the choice is answered", () => {
    const { customer, result } = begun(faq());
    result(found(0.39, 0.3, 0.25, 0.21, 0.1));
    expect(customer.heard()).toEqual(["¿Quisiste decir…?"]);
    const [effect] = customer.last.effects.filter(({ type }) => type === "send");
    expect(effect).toMatchObject({
      content: {
        items: [
          { label: "Pregunta 1" },
          { label: "Pregunta 2" },
          { label: "Pregunta 3" },
          { label: "Ninguna de estas" },
        ],
      },
    });
    expect(customer.say("2").heard()).toEqual(["Respuesta 2", "answered"]);
    const other = begun(faq());
    other.result(found(0.3));
    expect(other.customer.say("ninguna de estas").heard()).toEqual(["unknown"]);
  });

  it("takes other words for the question anew, and not for ever", () => {
    const { customer, result } = begun(faq());
    result(found(0.3));
    customer.say("quiero saber de envíos");
    expect(customer.last.effects).toContainEqual(expect.objectContaining({ type: "call" }));
    result(found(0.3));
    expect(customer.say("eso no").heard()).toEqual(["unknown"]);
  });

  it.each<[string, Json]>([
    ["nothing like it", found(0.1)],
    ["nothing at all", found()],
    ["a fault", { error: "failed" }],
  ])("leaves by unknown after %s", (_, output) => {
    expect(begun(faq()).result(output).heard()).toEqual(["unknown"]);
  });

  it("leaves by unknown when nothing comes, and by no_answer when nobody chooses", () => {
    expect(begun(faq()).customer.wait(200).heard()).toEqual(["unknown"]);
    const { customer, result } = begun(faq());
    result(found(0.3));
    expect(customer.wait(90_000).last.effects.at(-1)).toMatchObject({ type: "close", reason: "no_answer" });
  });
});

describe("an AI answer node", () => {
  const ai = (settings: object = {}) => shop("ai_answer", settings, ["answered", "unsure", "error"]);

  it.each<[Json, string[]]>([
    [{ answer: " Sí, a todo el país. ", sources: ["¿Hacen envíos?"] }, ["Sí, a todo el país.", "answered"]],
    [{ unsure: true }, ["unsure"]],
    [{ error: "month_cost" }, ["error"]],
    [{ answer: "  " }, ["error"]],
    [null, ["error"]],
  ])("makes of %j %j", (output, heard) => {
    const { customer, result } = begun(ai());
    expect(customer.last.effects[0]).toMatchObject({ kind: "ai_answer", input: { text: "¿Hacen envíos?" } });
    expect(result(output).heard()).toEqual(heard);
  });

  it("says nothing after the customer has asked for a person, and leaves by error when nothing comes", () => {
    const { customer } = begun(ai());
    const call = customer.state.waiting?.call ?? "";
    customer.say("agente");
    const late = customer.take({ type: "result", id: "late", call, output: { answer: "Sí", sources: [] } });
    expect(late.last.effects).toEqual([]);
    expect(begun(ai()).customer.wait(200).heard()).toEqual(["error"]);
  });
});
