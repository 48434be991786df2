import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../../engine/fake-customer";
import type { BotContent } from "../../engine/run";
import type { Json } from "../../wording/json";

const choice = (settings: object) => ({ kind: "choice", settings: { body: "Elegí un turno", ...settings } });
const text = (words: string) => ({ kind: "text", settings: { texts: [words] } });

type Customer = ReturnType<typeof fakeCustomer>;
const asked = ({ last }: Customer): Extract<BotContent, { kind: "choice" }> => {
  for (const effect of last.effects)
    if (effect.type === "send" && effect.content.kind === "choice") return effect.content;
  throw new Error("nothing was asked");
};
const labels = (customer: Customer) => asked(customer).items.map((item) => item.label);

describe("items that are shown", () => {
  const items = [
    {
      id: "vip",
      label: "Línea VIP",
      showIf: { rules: [{ variable: "contact.tags", operator: "contains", value: "VIP" }] },
    },
    { id: "pedido", label: "Pedido {{flow.numero|nuevo}}", value: "{{contact.name}}" },
    { id: "otro", label: "{{flow.nada}}", value: "Otro" },
  ];

  it("depend on their condition, and numbers follow what is shown", () => {
    const flow = flowOf({ m: choice({ items, saveTo: "elegido" }), fin: text("Listo") }, [
      "m.vip>fin",
      "m.pedido>fin",
      "fin.next>m",
    ]);
    const plain = fakeCustomer(flow).begin();
    expect(labels(plain)).toEqual(["Pedido nuevo", "Otro"]);
    expect(plain.say("1").state.variables).toEqual({ elegido: "Íñigo" });
    const vip = fakeCustomer(flow, { variables: { contact: { tags: ["vip"] } } }).begin();
    expect(labels(vip)).toEqual(["Línea VIP", "Pedido nuevo", "Otro"]);
    expect(vip.say("1").state.variables).toEqual({ elegido: "Línea VIP" });
  });

  it("keep their numbers when a variable changes before the answer", () => {
    const flow = flowOf({ m: choice({ items }) });
    const variables: { contact: { tags: string[] } } = { contact: { tags: ["vip"] } };
    const customer = fakeCustomer(flow, { variables }).begin();
    variables.contact.tags = [];
    expect(customer.say("1").state.answers).toMatchObject([{ answer: "Línea VIP" }]);
  });
});

describe("items from a variable", () => {
  const flow = flowOf(
    { m: choice({ itemsFrom: "contact.turnos", saveTo: "turno" }), fin: text("Anotado: {{flow.turno}}") },
    ["m.chosen>fin", "fin.next>m", "m.else>fin"],
  );
  const turnos: Json = [
    "Lunes",
    { label: "Martes  a la tarde", value: "2026-03-03", description: "Últimos lugares" },
    7,
    null,
    "",
    {},
    ["x"],
  ];

  it("are its texts, numbers and labelled records; what is none is left out", () => {
    const customer = fakeCustomer(flow, { variables: { contact: { turnos } } }).begin();
    expect(asked(customer).items).toEqual([
      { id: "m:row-1", label: "Lunes", description: null },
      { id: "m:row-2", label: "Martes a la tarde", description: "Últimos lugares" },
      { id: "m:row-3", label: "7", description: null },
    ]);
    expect(customer.say("martes a la tarde").heard()[0]).toBe("Anotado: 2026-03-03");
    expect(customer.state.variables).toEqual({ turno: "2026-03-03" });
  });

  it.each([
    ["nothing", null],
    ["a text", "Lunes"],
    ["a record", { label: "x" }],
    ["an empty list", []],
  ])("leave by else when the variable holds %s", (_, value) => {
    const customer = fakeCustomer(flow, { variables: { contact: { turnos: value } } }).begin();
    expect(customer.last.trace).toContainEqual(
      expect.objectContaining({ what: "left", node: "m", detail: { exit: "else", to: "fin" } }),
    );
  });

  it("hold no secret", () => {
    const secret = flowOf({ m: choice({ itemsFrom: "org.secrets.list" }) });
    const customer = fakeCustomer(secret, { variables: { org: { secrets: { list: ["hush"] } } } }).begin();
    expect(JSON.stringify(customer.last)).not.toContain("hush");
  });
});

describe("a long choice", () => {
  const items = Array.from({ length: 45 }, (_, i) => ({ id: `i${i + 1}`, label: `Sucursal ${i + 1}` }));
  const flow = flowOf({ m: choice({ items }), fin: text("Listo") }, [
    ...items.map(({ id }) => `m.${id}>fin`),
    "fin.next>m",
  ]);

  it("turns its pages on 0 and on its words, without using up a try", () => {
    const customer = fakeCustomer(flow, { channel: "whatsapp" }).begin();
    const pages = ["0", "más opciones", "0", "Ver más"].map((words) => asked(customer.say(words)).page);
    expect(pages).toEqual([1, 2, 0, 1]);
    expect(customer.state.attempts).toEqual({});
    expect(customer.say("44").state.answers).toMatchObject([{ answer: "Sucursal 44" }]);
  });

  it("has no pages where the channel shows it whole", () => {
    const customer = fakeCustomer(flow, { channel: "web" }).begin().say("0");
    expect(customer.state.attempts).toEqual({ m: 1 });
  });

  it("begins at its first page when it asks again", () => {
    const customer = fakeCustomer(flow, { channel: "whatsapp" }).begin().say("0").say("¿cuál?");
    expect(asked(customer)).toMatchObject({ page: 0, body: "No encontré esa opción. Elegí una de estas:" });
  });

  it("turns its pages before a command takes the 0", () => {
    const person = flowOf({ m: choice({ items }) }, [], { commands: [{ words: ["0"], action: { kind: "handoff" } }] });
    expect(asked(fakeCustomer(person, { channel: "whatsapp" }).begin().say("0")).page).toBe(1);
    expect(fakeCustomer(person).begin().say("0").state.done).toEqual({ by: "handoff", reason: "command" });
  });
});

it("asks with words of its own when variables leave the question empty", () => {
  const flow = flowOf({
    m: choice({
      body: "{{flow.nada}}",
      footer: "{{flow.nada}}",
      button: "Ver turnos",
      items: [{ id: "a", label: "A" }],
    }),
  });
  expect(asked(fakeCustomer(flow).begin())).toMatchObject({
    body: "Elegí una opción:",
    footer: null,
    button: "Ver turnos",
  });
});
