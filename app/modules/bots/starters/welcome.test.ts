import { describe, expect, it } from "vitest";
import { CHANNEL_KINDS, CHANNEL_LIMITS } from "~/modules/channels";
import { fakeCustomer } from "../engine/fake-customer";
import { parseFlow } from "../flow";
import { lintFlow } from "../lint/lint-flow";
import { renderContent } from "../rendering/render-content";
import { welcomeFlow } from "./welcome";

const channels = CHANNEL_KINDS.map((kind) => ({ kind, limits: CHANNEL_LIMITS[kind] }));

describe("the welcome flow", () => {
  it.each([
    ["es", "¡Hola, Íñigo! Soy el asistente de Panadería Ñandú.", "¿En qué te podemos ayudar?", "Ventas"],
    ["pt-BR", "Olá, Íñigo! Sou o assistente de Panadería Ñandú.", "Como podemos ajudar?", "Vendas"],
    ["en", "Hi Íñigo! I am the assistant of Panadería Ñandú.", "How can we help you?", "Sales"],
  ])("in %s greets, asks and hands over", (language, greeting, question, sales) => {
    const flow = welcomeFlow(language);
    const customer = fakeCustomer(flow).begin("hola");
    expect(customer.heard()).toEqual([greeting, question]);
    expect(customer.state.waiting?.node).toBe("menu");
    expect(customer.say(sales.toUpperCase()).last.effects.at(-1)).toMatchObject({ type: "handoff", area: sales });
    expect(parseFlow(JSON.parse(JSON.stringify(flow)))).toEqual({ ok: true, flow });
    expect(lintFlow(flow, { channels })).toEqual([]);
  });

  it("has the same form in every language", () => {
    const form = ({ nodes, edges }: ReturnType<typeof welcomeFlow>) => ({
      ids: nodes.map(({ id, kind }) => `${id} ${kind}`),
      edges,
    });
    expect(form(welcomeFlow("pt"))).toEqual(form(welcomeFlow("es")));
    expect(form(welcomeFlow("en"))).toEqual(form(welcomeFlow("es")));
    expect(welcomeFlow("fr")).toEqual(welcomeFlow("es"));
  });

  it("greets somebody whose name is not known", () => {
    const nobody = { variables: { contact: {}, org: {} } };
    expect(fakeCustomer(welcomeFlow("es"), nobody).begin().heard()[0]).toBe(
      "¡Hola, qué tal! Soy el asistente de la casa.",
    );
    expect(fakeCustomer(welcomeFlow("pt"), nobody).begin().heard()[0]).toBe(
      "Olá, tudo bem! Sou o assistente de nossa equipe.",
    );
  });

  it.each([
    ["2", { type: "handoff", area: "id-soporte" }],
    ["Hablar con una persona", { type: "handoff", area: null, reason: "handoff" }],
    ["asesor", { type: "handoff", area: null, reason: "command" }],
    [
      "salir",
      { type: "close", reason: "command", message: "¡Gracias por escribirnos! Cuando quieras, mandanos otro mensaje." },
    ],
  ])("ends on %j", (answer, effect) => {
    const flow = welcomeFlow("es", { sales: "id-ventas", support: "id-soporte" });
    expect(fakeCustomer(flow).begin().say(answer).last.effects.at(-1)).toMatchObject(effect);
  });

  it("tells the hours and comes back to the menu", () => {
    const customer = fakeCustomer(welcomeFlow("es")).begin().say("¿a qué hora abren?");
    expect(customer.heard()).toEqual([
      "Nuestro horario de atención: lunes a viernes de 9 a 18 h.",
      "¿En qué te podemos ayudar?",
    ]);
    expect(customer.say("volver").heard()).toHaveLength(2);
  });

  it("asks again in other words, then calls a person", () => {
    const customer = fakeCustomer(welcomeFlow("es")).begin().say("necesito algo");
    expect(customer.heard()).toEqual(["Perdón, no te entendí. Tocá una de estas opciones o escribí su número:"]);
    expect(customer.say("mmm").last.effects.at(-1)).toMatchObject({ type: "handoff", node: "to-person" });
  });

  it("closes in silence after a day without an answer", () => {
    expect(fakeCustomer(welcomeFlow("es")).begin().wait(86_400).last.effects).toMatchObject([
      { type: "close", message: null },
    ]);
  });

  it("is a list on WhatsApp, buttons elsewhere", () => {
    for (const language of ["es", "pt", "en"]) {
      const [, menu] = fakeCustomer(welcomeFlow(language)).begin().effects;
      if (menu?.type !== "send") throw new Error("nothing was asked");
      expect(renderContent(menu.content, CHANNEL_LIMITS.whatsapp).type).toBe("list");
      expect(renderContent(menu.content, CHANNEL_LIMITS.web).type).toBe("buttons");
    }
  });
});
