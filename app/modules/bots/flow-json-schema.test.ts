import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { flowJsonSchema } from "./flow-json-schema";
import { welcomeFlow } from "./starters/welcome";

const FILE = "docs/flow.schema.json";

it(`is what ${FILE} says (UPDATE_FLOW_SCHEMA=1 writes it anew)`, () => {
  if (process.env.UPDATE_FLOW_SCHEMA === "1") writeFileSync(FILE, `${JSON.stringify(flowJsonSchema(), null, 2)}\n`);
  expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(flowJsonSchema());
});

it("asks for what a flow cannot do without, and knows the kinds of nodes", () => {
  const schema = flowJsonSchema();
  expect(schema.required).toEqual(["schema", "name", "start", "nodes"]);
  expect(schema).toMatchObject({
    type: "object",
    additionalProperties: false,
    properties: { schema: { const: 1 }, nodes: { items: { oneOf: expect.any(Array) } } },
    $defs: { LintOutput: { properties: { data: { items: { required: ["rule", "severity", "node", "message"] } } } } },
  });
  expect(JSON.stringify(schema)).toContain('"const":"choice"');
});

it("accepts what the parser accepts, and no more keys than it", () => {
  const reader = z.fromJSONSchema(flowJsonSchema());
  const flow = welcomeFlow("es");
  expect(reader.safeParse(flow).success).toBe(true);
  expect(reader.safeParse({ ...flow, colour: "red" }).success).toBe(false);
  expect(reader.safeParse({ ...flow, nodes: [{ ...flow.nodes[0], kind: "teleport" }] }).success).toBe(false);
});
