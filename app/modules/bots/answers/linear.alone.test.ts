import { type InspectorNotification, Session } from "node:inspector";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** A text as long as a provider lets one be, and half of it: whoever works more than in proportion shows here. */
const LONG = 50_000;
/** What a channel takes in one part, and a little more to see where a word ends. */
const ONE_MESSAGE = 4_096 + 64;
const MODULES = {
  normalise: () => import("./normalise-answer"),
  match: () => import("./match-answer"),
  read: () => import("./read-answer"),
  patterns: () => import("./patterns"),
  conditions: () => import("./conditions"),
  variables: () => import("../wording/variables"),
  expressions: () => import("../expressions/read-expression"),
  evaluation: () => import("../expressions/evaluate"),
  customers: () => import("../engine/fake-customer"),
  rendering: () => import("../rendering/render-content"),
  channels: () => import("~/modules/channels"),
};
type Modules = { [M in keyof typeof MODULES]: Awaited<ReturnType<(typeof MODULES)[M]>> };

const session = new Session();
const post = <Result>(method: string, given: object = {}) =>
  new Promise<Result>((done, fail) => {
    session.post(method, given, (error, result) => (error ? fail(error) : done(result as Result)));
  });
type Coverage = { result: { url: string; functions: { ranges: { count: number }[] }[] }[] };

let m = {} as Modules;
beforeAll(async () => {
  session.connect();
  await post<InspectorNotification<unknown>>("Profiler.enable");
  // Before anything is loaded: only what is compiled from now on counts its loops.
  await post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const loaded = Object.entries(MODULES).map(async ([name, load]) => [name, await load()] as const);
  m = Object.fromEntries(await Promise.all(loaded)) as Modules;
});
afterAll(async () => {
  await post("Profiler.stopPreciseCoverage");
  session.disconnect();
});

/** How often blocks of the product's code, and of the engine that runs authors' patterns, were run. No clock is asked. */
async function workOf(run: () => unknown): Promise<number> {
  await post("Profiler.takePreciseCoverage");
  run();
  const { result } = await post<Coverage>("Profiler.takePreciseCoverage");
  const ours = result.filter(({ url }) => /\/app\/modules\/|re2js/.test(url) && !url.includes(".test."));
  const counts = ours.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Beginnings of what makes a careless reader go back again and again. */
const PIECES = [
  "a",
  " ",
  "{{",
  "{{a",
  "{{contact.name|",
  "(a",
  "1.",
  "1 ",
  "e\u0301",
  "a@",
  "a.",
  "-",
  "👩‍👩‍👧",
  "'",
  "a b\n",
  "a,",
];
const ofLength = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

const options = [{ id: "a", label: "Ventas", payload: "m:a", synonyms: ["comprar"] }];
const answer = (text: string) => ({ kind: "text", text, payload: null });
const asked = {
  ...{ documents: [], pattern: "(a+)+$", photosOnly: false, min: null, max: null, language: "es" },
  ...{ now: "2026-03-02T12:00:00Z", timeZone: "UTC", region: "AR" },
};
const variables = (text: string) => ({ contact: { name: text }, ticket: {}, flow: { x: text }, org: {}, system: {} });
const around = { now: asked.now, timeZone: "UTC", random: () => 0.5 };

/** Everything that reads what a customer wrote, or what holds it. */
const READERS: Record<string, (text: string) => unknown> = {
  "comparing words": (text) => m.normalise.normaliseAnswer(text),
  "matching a choice": (text) => m.match.matchAnswer(options, answer(text), ["uno", "dos"]),
  "reading an answer of each type": (text) =>
    m.read.ANSWER_TYPES.map((type) =>
      m.read.readAnswer(answer(text), { ...asked, type, documents: ["dni", "cuit", "cnpj"] }),
    ),
  "an author's pattern": (text) =>
    ["(a+)+$", "^(a|aa)+$", "(.*a){12}$", "(\\s*a*)*b"].map((source) => m.patterns.readPattern(source)?.fits(text)),
  "an author's pattern, anywhere": (text) =>
    ["(a+)+$", "(x+x+)+y", "(.*)(.*)(.*)=$"].map((source) => m.patterns.readPattern(source)?.finds(text)),
  conditions: (text) =>
    (["equals", "not_equals", "contains", "starts", "ends", "greater", "less", "set", "empty", "matches"] as const).map(
      (operator) =>
        m.conditions.holds(
          { match: "any", rules: [{ variable: "contact.name", operator, value: "(a+)+$" }] },
          variables(text),
        ),
    ),
  "a text with variables": (text) => [
    m.variables.fillText(text, variables("x")),
    m.variables.templateUses(text),
    m.variables.splitTemplates(text),
  ],
  "a variable in a text": (text) => m.variables.fillText("Hola {{contact.name|vecino}}, {{flow.x}}", variables(text)),
  "an expression": (text) => m.expressions.readExpression(text),
  "an expression on a text": (text) =>
    [
      "contains(flow.x, contact.name)",
      "upper(flow.x) + length(flow.x)",
      "flow.x == contact.name",
      "number(flow.x) + 1",
    ].map((source) => {
      const read = m.expressions.readExpression(source);
      return read.ok && m.evaluation.evaluate(read.expression, variables(text), around);
    }),
  "a step of the engine": (text) => {
    const menu = {
      kind: "choice",
      settings: { body: "¿Qué? {{contact.name}}", items: [{ id: "a", label: "Ventas" }] },
    };
    return m.customers
      .fakeCustomer(m.customers.flowOf({ menu }), { variables: variables(text) })
      .begin(text)
      .say(text);
  },
  "what is said, on every channel": (text) =>
    m.channels.CHANNEL_KINDS.map((kind) => {
      const limits = m.channels.CHANNEL_LIMITS[kind];
      return m.channels.fitContent(m.rendering.renderContent({ kind: "text", text }, limits), limits);
    }),
};

describe("what customers write, however long, is read in one go (TG4)", () => {
  it.each(Object.keys(READERS))("%s: twice the text is at most twice the work", async (name) => {
    const read = READERS[name] as (text: string) => unknown;
    const tooMuch: string[] = [];
    for (const piece of PIECES) {
      // What is made once, such as a pattern, is made before.
      read(ofLength(piece, 100));
      const half = await workOf(() => read(ofLength(piece, LONG / 2)));
      const whole = await workOf(() => read(ofLength(piece, LONG)));
      if (whole > 2.2 * half + 2_000) tooMuch.push(`${JSON.stringify(piece)}: ${half} and ${whole}`);
    }
    expect(tooMuch).toEqual([]);
  });

  it("the counting itself tells what goes over a text again and again", async () => {
    const square = (text: string) => {
      let at = 0;
      for (let i = 0; i < text.length; i += 100) at += m.variables.templateUses(text.slice(i)).length;
      return at;
    };
    const half = await workOf(() => square(ofLength("{{a}}", LONG / 10)));
    const whole = await workOf(() => square(ofLength("{{a}}", LONG / 5)));
    expect(whole).toBeGreaterThan(3 * half);
    const inPatterns = await workOf(() => m.patterns.readPattern("(a+)+b")?.finds(ofLength("a", LONG)));
    expect(inPatterns).toBeGreaterThan(LONG);
  });

  it("no regular expression of ours that can go back sees more than one message of a channel", () => {
    const seen = new Map<string, number>();
    const plain = RegExp.prototype.exec;
    RegExp.prototype.exec = function (text: string) {
      seen.set(this.source, Math.max(seen.get(this.source) ?? 0, String(text).length));
      return plain.call(this, text);
    };
    try {
      for (const read of Object.values(READERS)) for (const piece of PIECES) read(ofLength(piece, LONG));
    } finally {
      RegExp.prototype.exec = plain;
    }
    const long = [...seen].flatMap(([source, length]) => (length > ONE_MESSAGE ? [source] : []));
    expect(seen.size).toBeGreaterThan(10);
    expect(long.filter((source) => !isStraight(source))).toEqual([]);
  });
});

/**
 * True for one sign or class, repeated or not, with nothing behind an endless repetition; and for sequences in which no
 * repetition is longer than a few hundred. Such a pattern takes at most a fixed number of steps at each place.
 */
function isStraight(source: string): boolean {
  const sign = String.raw`(?:\\p\{[A-Za-z]+\}|\\[^p]|\[(?:\\.|[^\]\\])+\]|[^\\[\](){}|*+?^$.])`;
  const bounded = String.raw`(?:\(?${sign}(?:\{\d{1,3}(?:,\d{1,3})?\}|\?)?\)?)`;
  return new RegExp(`^(?:\\^?${sign}[*+]?\\$?|\\^?${bounded}+\\$?)$`).test(source) && !/^[^^].*[*+]\$$/.test(source);
}
