import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../../engine/fake-customer";

const people = { kind: "handoff" };
const asks = (settings: object) =>
  flowOf(
    {
      a: { kind: "ask", settings: { question: "¿Cuál?", saveTo: "dato", ...settings } },
      t: { kind: "text", settings: { texts: ["Anoté {{flow.dato}}"] } },
      m: { kind: "ask", settings: { question: "¿Algo más?" } },
      p: people,
    },
    ["a.answered>t", "t.next>m", "a.else>p", "a.no_answer>p"],
    { commands: [{ words: ["5", "menú"], action: { kind: "close", message: "Chau" } }] },
  );

describe("an ask node", () => {
  it("keeps the answer in its variable and for the note to people", () => {
    const customer = fakeCustomer(asks({ type: "email" })).begin();
    expect(customer.heard()).toEqual(["¿Cuál?"]);
    expect(customer.say("Ana@Ejemplo.com").heard()).toEqual(["Anoté ana@ejemplo.com", "¿Algo más?"]);
    expect(customer.state.answers).toEqual([{ node: "a", question: "¿Cuál?", answer: "ana@ejemplo.com" }]);
  });

  it("asks again in other words, and leaves by else at the last try", () => {
    const customer = fakeCustomer(asks({ type: "number", maxInvalid: 3 })).begin();
    expect(customer.say("x").heard()).toEqual([expect.stringContaining("no es un número")]);
    expect(customer.say("y").heard()).toEqual(["Probemos otra vez. ¿Cuál?"]);
    expect(customer.say("z").last.effects.at(-1)).toMatchObject({ type: "handoff", node: "p" });
  });

  it("leaves by no_answer after its time, and a sticker is no answer", () => {
    const customer = fakeCustomer(asks({ noAnswerAfterSeconds: 60 })).begin();
    expect(customer.send({ kind: "media", text: "" }).state.attempts).toEqual({ a: 1 });
    expect(customer.wait(60).last.effects.at(-1)).toMatchObject({ type: "handoff", node: "p" });
  });

  it("has buttons for yes or no and for a rating, known by what comes back", () => {
    const yes = fakeCustomer(asks({ type: "yes_no" })).begin();
    expect(yes.last.effects[0]).toMatchObject({
      content: { kind: "choice", items: [{ id: "a:yes", label: "Sí" }, { id: "a:no" }] },
    });
    yes.send({ kind: "interactive", text: "whatever it reads", payload: "a:no" });
    expect(yes.state.variables).toEqual({ dato: false });
    const stars = fakeCustomer(asks({ type: "rating" })).begin();
    // A command's word too, but here it plainly answers.
    expect(stars.say("5").state.variables).toEqual({ dato: 5 });
  });

  it("lets commands through where anything could be an answer", () => {
    expect(
      fakeCustomer(asks({ type: "text" }))
        .begin()
        .say("menú")
        .last.effects.at(-1),
    ).toMatchObject({ type: "close" });
  });

  it("takes files and places", () => {
    const file = { id: "f", kind: "image", name: "a.jpg", mime: "image/jpeg", url: "/media/f" };
    const photo = fakeCustomer(asks({ type: "file", photosOnly: true })).begin();
    expect(photo.send({ kind: "media", text: "", files: [file] }).state.variables).toEqual({ dato: file });
    const place = { latitude: 1, longitude: 2, name: null, address: null };
    const where = fakeCustomer(asks({ type: "location" })).begin();
    expect(where.send({ kind: "location", text: "", place }).state.answers[0]?.answer).toBe("1, 2");
  });
});
