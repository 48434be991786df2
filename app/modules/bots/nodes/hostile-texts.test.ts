import { describe, expect, it } from "vitest";
import { CHANNEL_KINDS, CHANNEL_LIMITS, type ChannelKind, fitContent, type OutboundContent } from "~/modules/channels";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import type { BotContent, Effect } from "../engine/run";
import { renderContent } from "../rendering/render-content";
import { showContent } from "../running/show-content";

/** What a customer may write or be called. None of it is a variable, a command, a button or a line of its own. */
const HOSTILE = [
  "{{org.secrets.llave}}",
  "{{contact.email}}",
  "{{ contact.email }}",
  "{{{contact.email}}}",
  "{{contact.email|x}}",
  "{{flow.dicho}}",
  "{{contact.constructor.name}}",
  "{{flow.__proto__.polluted}}",
  '{{constructor.constructor("return process")()}}',
  "{{contact.em",
  "ail}}",
  "}}{{contact.email}}{{",
  `\${process.env.SECRET_KEY}`,
  "#{7*7}",
  "<%= 7*7 %>",
  "{% raw %}{{contact.email}}{% endraw %}",
  "$& $1 $` $' $<name> $$",
  "%s %d %n",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "[tocá](javascript:alert(1))",
  "*negrita* _cursiva_ ~tachado~ ```código```",
  "menu:b",
  "card:a",
  "0. Ver más opciones",
  "1) Ventas 2) Soporte",
  "texto\r\nOtra línea: sí",
  "\u202egnp.exe",
  "'; drop table flow; --",
];

const CANARY = "CANARIO";
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

const variables = (name: string) => ({
  contact: { name, email: `${CANARY}@ejemplo.test` },
  org: { secrets: { llave: CANARY } },
});

/** Every place in which a flow's author may put what a customer wrote. */
const flow = flowOf(
  {
    q: { kind: "ask", settings: { question: "¿Cómo te llaman?", type: "text", saveTo: "dicho" } },
    copy: { kind: "set", settings: { variable: "copia", value: { kind: "text", text: "{{flow.dicho}}" } } },
    joined: {
      kind: "set",
      settings: { variable: "junto", value: { kind: "expression", expression: "concat(flow.copia, '')" } },
    },
    keep: { kind: "update", settings: { contact: [{ field: "apodo", value: "{{flow.copia}}" }] } },
    note: { kind: "note", settings: { text: "Dijo {{flow.copia}}" } },
    text: { kind: "text", settings: { texts: ["Dijiste {{flow.junto}}, {{contact.name|nadie}}"] } },
    picture: {
      kind: "media",
      settings: {
        source: { from: "url", url: "https://fotos.ejemplo.com/a.png?de={{flow.copia}}" },
        caption: "{{contact.apodo}}",
      },
    },
    card: {
      kind: "card",
      settings: {
        title: "{{flow.copia}}",
        text: "{{contact.name}}",
        maxInvalid: 5,
        buttons: [{ id: "a", label: "{{flow.copia}}" }],
      },
    },
    menu: {
      kind: "choice",
      settings: {
        body: "{{flow.copia}}",
        footer: "{{contact.name}}",
        retry: ["¿Cómo, {{flow.copia}}?"],
        maxInvalid: 5,
        items: [
          { id: "a", label: "{{flow.copia}}" },
          { id: "b", label: "Otra", description: "{{contact.name}}" },
        ],
      },
    },
    people: { kind: "handoff", settings: { message: "Chau {{flow.copia}}", note: "{{flow.copia}}" } },
    wrong: { kind: "close", settings: { message: "no" } },
  },
  [
    ...["q.answered>copy", "copy.next>joined", "joined.next>keep", "keep.next>note", "note.next>text"],
    ...["text.next>picture", "picture.next>card", "picture.failed>card", "card.a>menu"],
    ...["menu.a>people", "menu.b>wrong"],
  ],
  { commands: [{ words: ["menú"], action: { kind: "restart" } }] },
);

const saidOf = (effects: readonly Effect[]): BotContent[] =>
  effects.flatMap((effect) => (effect.type === "send" ? [effect.content] : []));
const idsOf = (part: OutboundContent): string[] => {
  if (part.type === "card") return [...part.buttons.map(({ id }) => id), ...idsOf(part.choice)];
  if (part.type === "buttons") return part.buttons.map(({ id }) => id);
  return part.type === "list" ? part.sections.flatMap(({ rows }) => rows.map(({ id }) => id)) : [];
};
const planned = (content: BotContent, channel: ChannelKind) =>
  fitContent(
    renderContent(content, CHANNEL_LIMITS[channel], () => "https://archivos.ejemplo.com/1"),
    CHANNEL_LIMITS[channel],
  );

describe.each(CHANNEL_KINDS)("what a customer writes, on %s, stays words (TE4)", (channel) => {
  it.each(HOSTILE)("%j", (hostile) => {
    const customer = fakeCustomer(flow, { channel, variables: variables(hostile) });
    customer.begin().say(hostile);
    expect(customer.state.variables).toEqual({ dicho: hostile, copia: hostile, junto: hostile });
    // What is written as the label stands is the label.
    const others = (...words: string[]) => words.filter((one) => one !== hostile);
    const [text, ...rest] = saidOf(customer.last.effects);
    expect(text).toEqual({ kind: "text", text: `Dijiste ${hostile}, ${hostile}` });

    // A word that is a button's inner name is not that button.
    for (const words of others("card:a", "menu:b")) customer.say(words);
    expect(customer.state).toMatchObject({ node: "card", done: null });
    customer.take({
      type: "message",
      id: "tap",
      message: { kind: "interactive", text: hostile, payload: "card:a" },
    });
    expect(customer.state.node).toBe("menu");
    for (const words of others("menu:b", "{{flow.copia}}")) customer.say(words);
    expect(customer.state).toMatchObject({ node: "menu", done: null });

    const known = new Set(["card:a", "menu:a", "menu:b"]);
    for (const content of [...rest, ...saidOf(customer.effects)]) {
      const parts = planned(content, channel);
      expect(parts.flatMap(idsOf).filter((id) => !known.has(id))).toEqual([]);
      const shown = showContent(content, CHANNEL_LIMITS[channel]);
      expect(shown.choices.filter(({ id }) => !known.has(id))).toEqual([]);
      if (content.kind === "choice" || content.kind === "card")
        expect(JSON.stringify(parts)).toContain(JSON.stringify(oneLine(hostile)).slice(1, -1));
    }
    customer.say(hostile);
    expect(customer.last.effects.at(-1)).toMatchObject({
      type: "handoff",
      message: `Chau ${hostile}`,
      summary: { note: hostile },
    });
    expect(JSON.stringify(customer.effects)).not.toContain(CANARY);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("and in an address it stays within its own part of it", () => {
    const customer = fakeCustomer(flow, { channel }).begin().say("x/../../b?c=d#e&f=g h");
    const media = saidOf(customer.last.effects).find(({ kind }) => kind === "media");
    expect(media).toMatchObject({ source: { from: "url" } });
    const url = new URL(media?.kind === "media" && media.source.from === "url" ? media.source.url : "");
    expect([url.host, url.pathname, url.hash]).toEqual(["fotos.ejemplo.com", "/a.png", ""]);
    expect([...url.searchParams]).toEqual([["de", "x/../../b?c=d#e&f=g h"]]);
  });
});
