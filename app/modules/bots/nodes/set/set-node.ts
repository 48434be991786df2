import { z } from "zod";
import { evaluate } from "../../expressions/evaluate";
import { toNumber } from "../../expressions/functions";
import { readExpression, variablesIn } from "../../expressions/read-expression";
import type { Json } from "../../wording/json";
import { own } from "../../wording/json";
import { defineNode, type NodeContext } from "../define-node";
import { variableName } from "../fields";

const whole = z.number().int().min(-1_000_000_000).max(1_000_000_000);

const settings = z.strictObject({
  variable: variableName,
  value: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("text"), text: z.string().max(10_000).meta({ "x-control": "text" }) }),
    z.strictObject({
      kind: z.literal("expression"),
      expression: z.string().min(1).max(1000).meta({ "x-control": "expression" }),
    }),
    z.strictObject({ kind: z.literal("now") }),
    z.strictObject({ kind: z.literal("random"), from: whole.default(1), to: whole.default(6) }),
    z.strictObject({ kind: z.literal("counter"), by: whole.default(1) }),
  ]),
});

type Value = z.output<typeof settings>["value"];

function computed(value: Value, variable: string, ctx: NodeContext): Json {
  const { now, timeZone = "UTC" } = ctx.env;
  const around = { now, timeZone, random: ctx.random };
  switch (value.kind) {
    case "text":
      return ctx.fill(value.text);
    case "now":
      return now;
    case "counter":
      return (toNumber(own(ctx.variables.flow, variable) ?? null) ?? 0) + value.by;
    case "random":
      return Math.min(value.from, value.to) + Math.floor(ctx.random() * (Math.abs(value.to - value.from) + 1));
    case "expression": {
      const read = readExpression(value.expression);
      return read.ok ? evaluate(read.expression, ctx.variables, around) : null;
    }
  }
}

/** What the linter looks for variables in. */
function textsOf(value: Value): string[] {
  if (value.kind === "text") return [value.text];
  const read = value.kind === "expression" ? readExpression(value.expression) : null;
  return read?.ok ? variablesIn(read.expression).map((path) => `{{${path}}}`) : [];
}

/** Keeps a value in a variable of the run. */
export const setNode = defineNode(settings, {
  family: "do",
  initial: () => ({ variable: "", value: { kind: "text", text: "" } }),
  waits: false,
  exits: () => [{ id: "next", fallback: false }],
  enter(node, ctx) {
    const value = computed(node.value, node.variable, ctx);
    return { set: { [node.variable]: value }, detail: { value }, next: { do: "leave", exit: "next" } };
  },
  texts: (node) => textsOf(node.value),
  sets: (node) => [node.variable],
  checks: ({ value }) => (value.kind === "expression" ? [{ what: "expression", expression: value.expression }] : []),
});
