import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Variables } from "../wording/variables";
import { evaluate } from "./evaluate";
import { readExpression, variablesIn } from "./read-expression";

const variables: Variables = {
  contact: { name: "Íñigo", tags: ["vip", "sur"] },
  ticket: {},
  flow: { precio: 1500, cantidad: "3", vacio: "", fecha: "2026-03-01", constructor: 5 },
  org: { secrets: { llave: "s3creto" } },
  system: {},
};
const around = { now: "2026-03-03T00:30:00.000Z", timeZone: "America/Asuncion", random: () => 0.5 };

function value(source: string) {
  const read = readExpression(source);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return evaluate(read.expression, variables, around);
}
const problem = (source: string) => {
  const read = readExpression(source);
  return read.ok ? null : read.problem;
};

describe("an expression", () => {
  it.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["10 - 2 - 3", 5],
    ["7 % 4 / 2", 1.5],
    ["-2 * -3", 6],
    ["flow.precio * flow.cantidad", 4500],
    ["1 / 0", null],
    ["'a' * 2", null],
    ["'hola' + ' ' + contact.name", "hola Íñigo"],
    ["'2' + 3", 5],
    ["contact.name == 'INIGO'", true],
    ["2 == '2,0'", true],
    ["1 < 2 and not (2 < 1)", true],
    ["flow.nada or false", false],
    ["null == flow.nada", true],
    ["flow.fecha < today()", true],
    ["'a' < 1", false],
    ["flow.precio >= 1000 ? 'caro' : 'barato'", "caro"],
    ["false ? 1 : true ? 2 : 3", 2],
    ["!flow.vacio && true", true],
    ["now()", "2026-03-03T00:30:00.000Z"],
    ["days(1)", "2026-03-03"],
    ["random(1, 6)", 4],
    ["random(6, 1)", null],
    ["upper(contact.name)", "ÍÑIGO"],
    ["lower('ÁB') + trim('  x ')", "ábx"],
    ["length(contact.tags) + length('año')", 5],
    ["round(2.345, 2)", 2.35],
    ["floor(2.9) + ceil(2.1) + abs(-1)", 6],
    ["min(3, '2', 5) + max(1, 2)", 4],
    ["concat('a', 1, true, null)", "a1true"],
    ["contains(contact.tags, 'VIP') and contains('canción', 'cancion')", true],
    ["flow.constructor", 5],
    ["contact.constructor", null],
  ])("%s is %j", (source, expected) => expect(value(source)).toEqual(expected));

  it("(TH10) runs no code: it reads nothing but variables and calls nothing but its own functions", () => {
    const refused = [
      "constructor('x')",
      "toString()",
      "__proto__()",
      "eval('1')",
      "contact.name.constructor('x')",
      "process.exit",
      "globalThis",
      "org.secrets.llave",
      "contact[0]",
      "a => a",
      "`x`",
      "x = 1; y",
      "new Date()",
      "{}",
    ];
    for (const source of refused) expect(problem(source)).not.toBeNull();
    expect(value("contact.name.constructor")).toBeNull();
    expect(value("'org.secrets.llave' + 'x'")).toBe("org.secrets.llavex");
  });

  it("(TH10) has an end: its length, its depth and its texts are limited", () => {
    expect(problem("1+".repeat(600))?.text).toBe("too_long");
    expect(problem(`${"(".repeat(200)}1${")".repeat(200)}`)?.text).toBe("too_deep");
    expect(problem("-".repeat(900))?.text).toBe("too_deep");
    expect(problem(`${"1?".repeat(300)}1`)?.text).toBe("too_deep");
    let long: Variables = { ...variables, flow: { x: "a" } };
    for (let i = 0; i < 20; i++) {
      const read = readExpression("flow.x + flow.x + flow.x");
      if (read.ok) long = { ...long, flow: { x: evaluate(read.expression, long, around) } };
    }
    expect(String(long.flow.x)).toHaveLength(10_000);
  });

  it("says what is wrong with it, and where", () => {
    expect(problem(" ")).toMatchObject({ text: "empty" });
    expect(problem("1 +")).toMatchObject({ text: "unexpected", at: 3 });
    expect(problem("1 2")).toMatchObject({ text: "unexpected", at: 2 });
    expect(problem("(1")).toMatchObject({ text: "unexpected", at: 2 });
    expect(problem("'a")).toMatchObject({ text: "unexpected", at: 0 });
    expect(problem("1 + precio")).toEqual({ text: "unknown_variable", at: 4, name: "precio" });
    expect(problem("1 + raiz(4)")).toEqual({ text: "unknown_function", at: 4, name: "raiz" });
    expect(problem("upper()")).toMatchObject({ text: "wrong_count", name: "upper" });
  });

  it("names the variables that it reads", () => {
    const read = readExpression("flow.a > 1 ? -flow.b : upper(contact.name)");
    expect(read.ok && variablesIn(read.expression)).toEqual(["flow.a", "flow.b", "contact.name"]);
  });

  it("never throws, and gives JSON, whatever is written", () => {
    const part = fc.constantFrom(
      "1",
      "'a'",
      "flow.precio",
      "contact.tags",
      "+",
      "-",
      "(",
      ")",
      "?",
      ":",
      "and",
      "not",
      "==",
      "upper(",
      ",",
      "random(1,2)",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part, { maxLength: 12 }).map((parts) => parts.join(" ")),
          fc.string(),
        ),
        (source) => {
          const read = readExpression(source);
          const result = read.ok ? evaluate(read.expression, variables, around) : null;
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        },
      ),
      { numRuns: 500 },
    );
  });
});
