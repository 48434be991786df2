import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import { text } from "../engine/fake-shop";
import type { Flow } from "../flow";
import type { Json } from "../wording/json";
import { type RecordedEvent, recordedFact, recordedOutputs } from "./recorded-outputs";

const http = (to: string) => ({
  kind: "http",
  settings: { url: "https://api.tienda.test/x", saves: [{ path: "order.state", to }] },
});

type Customer = ReturnType<typeof fakeCustomer>;

/** The events of a run, as its trace and its thread keep them. */
function recordOf(flow: Flow, ...acts: ((customer: Customer) => unknown)[]) {
  const customer = fakeCustomer(flow);
  const events = acts.map((act): RecordedEvent => {
    act(customer);
    const { trace, effects } = customer.last;
    const said = effects.flatMap((effect) =>
      effect.type === "send" && "text" in effect.content ? [String(effect.content.text)] : [],
    );
    return { at: trace[0]?.at ?? "", entries: trace, said };
  });
  return { events, values: customer.state.variables };
}

const answered = (output: Json) => (customer: Customer) =>
  customer.take({ type: "result", id: "result", call: customer.state.waiting?.call ?? "", output });

describe("what the server answered a run", () => {
  const shop = flowOf({ ask: http("state"), tell: text("Está {{flow.state}}"), sorry: text("No sé") }, [
    "ask.ok>tell",
    "ask.error>sorry",
  ]);

  it("is made up of the exit that was taken and the values that were kept", () => {
    const { events, values } = recordOf(
      shop,
      (c) => c.begin("hola"),
      answered({ status: 200, body: { order: { state: "listo" }, more: 1 } }),
    );
    expect(recordedOutputs(shop, events, values)).toEqual({
      ask: [{ status: 200, body: { order: { state: "listo" } } }],
    });
  });

  it.each<[Json, Json]>([
    [
      { status: 503, body: "x" },
      { status: 503, body: null },
    ],
    [{ error: "timeout" }, { error: "timeout" }],
  ])("fails as it failed: %j", (output, known) => {
    const { events, values } = recordOf(shop, (c) => c.begin("hola"), answered(output));
    expect(recordedOutputs(shop, events, values)).toEqual({ ask: [known] });
  });

  it("is told of a trace that is older than its line about the answer, too", () => {
    const { events, values } = recordOf(shop, (c) => c.begin("hola"), answered({ error: "timeout" }));
    const old = events.map((event) => ({ ...event, entries: event.entries.filter(({ what }) => what !== "result") }));
    expect(recordedOutputs(shop, old, values)).toEqual({ ask: [{ error: "failed" }] });
  });

  it("holds the words of an FAQ that answered, and is not known from where it only asked back", () => {
    const flow = flowOf({ faq: { kind: "faq", settings: {} }, none: text("No sé") }, ["faq.unknown>none"]);
    const found = (score: number) => ({ answers: [{ id: "1", question: "¿Envíos?", answer: "Sí", score }] });
    const knew = recordOf(flow, (c) => c.begin("hacen envios"), answered(found(1)));
    expect(recordedOutputs(flow, knew.events, {}).faq).toMatchObject([{ answers: [{ answer: "Sí", score: 1 }] }]);
    const unknown = recordOf(flow, (c) => c.begin("hacen envios"), answered({ answers: [] }));
    expect(recordedOutputs(flow, unknown.events, {}).faq).toEqual([{ answers: [] }]);
    const unsure = recordOf(
      flow,
      (c) => c.begin("envio"),
      answered(found(0.3)),
      (c) => c.say("1"),
    );
    expect(recordedOutputs(flow, unsure.events, {})).toEqual({});
  });
});

it("tells whether a run found the place open", () => {
  const flow = flowOf({ when: { kind: "hours" }, yes: text("Abierto"), no: text("Cerrado") }, [
    "when.open>yes",
    "when.closed>no",
  ]);
  const { events } = recordOf(flow, (c) => c.begin("hola"));
  expect([recordedFact(flow, events, "hours"), recordedFact(flow, events, "agents")]).toEqual([true, undefined]);
});
