import { describe, expect, it } from "vitest";
import { CHANNEL_KINDS, CHANNEL_LIMITS } from "~/modules/channels";
import { fakeCustomer } from "../engine/fake-customer";
import type { Flow } from "../flow";
import { parseFlow } from "../flow";
import { lintFlow } from "../lint/lint-flow";
import { STARTERS } from "./starters";

const channels = CHANNEL_KINDS.map((kind) => ({ kind, limits: CHANNEL_LIMITS[kind] }));
const languages = ["es", "pt", "en"];
const form = ({ nodes, edges }: Flow) => ({ nodes: nodes.map(({ id, kind }) => `${id} ${kind}`), edges });

describe.each(Object.entries(STARTERS))("the starter %s", (_, starter) => {
  it.each(languages)("in %s has nothing that the linter finds, and survives its JSON", (language) => {
    const flow = starter(language);
    expect(lintFlow(flow, { channels })).toEqual([]);
    expect(parseFlow(JSON.parse(JSON.stringify(flow)))).toEqual({ ok: true, flow });
    expect(form(flow)).toEqual(form(starter("es")));
    expect(flow.settings.language).toBe(language);
    if (language !== "es") expect(flow.name).not.toBe(starter("es").name);
  });
});

/** The last thing that was done. */
const end = ({ last }: ReturnType<typeof fakeCustomer>) => last.effects.at(-1);

describe.each(languages)("a customer in %s", (language) => {
  it("leaves a message while it is closed, and is given to people while it is open", () => {
    const closed = { hours: { "": { open: false, opensAt: null } }, available: {} };
    const flow = STARTERS.hours(language);
    const customer = fakeCustomer(flow, { desk: closed }).begin("hola").say("1").say("Quiero una torta");
    expect(end(customer)).toMatchObject({
      type: "handoff",
      summary: { note: expect.stringContaining("Quiero una torta") },
    });
    expect(end(fakeCustomer(flow, { desk: closed }).begin("hola").say("2"))).toMatchObject({ type: "close" });
    expect(end(fakeCustomer(flow).begin("hola"))).toMatchObject({ type: "handoff", node: "open" });
  });

  it("is answered by the shop's own answers, or gets to a person", () => {
    const customer = fakeCustomer(STARTERS.faq(language)).begin("hola").say("¿Hacen envíos?");
    const found = { answers: [{ id: "1", question: "Envíos", answer: "Sí, a todo el país", score: 0.9 }] };
    customer.take({ type: "result", id: "r1", call: customer.state.waiting?.call ?? "", output: found });
    expect(customer.heard()[0]).toBe("Sí, a todo el país");
    customer.say("1").say("xyz");
    customer.take({ type: "result", id: "r2", call: customer.state.waiting?.call ?? "", output: { answers: [] } });
    expect(end(customer)).toMatchObject({ type: "handoff", node: "unknown" });
  });

  it("hears how an order stands, or gets to a person with its number", () => {
    const asked = () => fakeCustomer(STARTERS.order(language)).begin("hola").say("A-1234");
    const customer = asked();
    const call = customer.state.waiting?.call ?? "";
    customer.take({ type: "result", id: "r", call, output: { status: 200, body: { status: "en viaje" } } });
    expect(customer.heard()[0]).toContain("en viaje");
    expect(end(customer.say("2"))).toMatchObject({ type: "close" });
    const lost = asked().take({ type: "result", id: "r", call, output: { error: "timeout" } });
    expect(end(lost)).toMatchObject({ type: "handoff", summary: { note: expect.stringMatching(/A-1234.*timeout/) } });
  });

  it("asks for an appointment", () => {
    const customer = fakeCustomer(STARTERS.appointment(language), { region: "PY" }).begin("hola");
    customer.say("Ana Gómez").say("25/12/2026").say("1").say("0981 123 456");
    expect(customer.last.effects).toContainEqual(
      expect.objectContaining({ type: "update", contact: { name: "Ana Gómez" } }),
    );
    const note = expect.stringMatching(/Ana Gómez, 2026-12-25, .+\+595981123456/);
    expect(end(customer)).toMatchObject({ type: "handoff", summary: { note } });
  });

  it("says how it was: content, or with a person", () => {
    const rated = (stars: string) => fakeCustomer(STARTERS.rating(language)).begin("hola").say(stars);
    expect(end(rated("5"))).toMatchObject({ type: "close", message: expect.any(String) });
    expect(end(rated("2").say("Llegó tarde"))).toMatchObject({
      type: "handoff",
      summary: { note: expect.stringMatching(/2.*Llegó tarde/) },
    });
    expect(end(rated("mmm").wait(90_000))).toMatchObject({ type: "close" });
  });
});
