import { expect, it } from "vitest";
import { fillRequest } from "./fill-request";
import { httpSettings } from "./http-settings";
import { sampleVariables } from "./sample-variables";

it("puts values at their paths, and nothing where no text may read", () => {
  const samples = { "flow.order.number": "007", "flow.count": "3", "flow.order.paid": "true", "contact.name": "Rosa" };
  const variables = sampleVariables({
    ...samples,
    "org.secrets.key": "x",
    "flow.__proto__.polluted": "x",
    nothing: "x",
  });
  expect(variables).toMatchObject({
    flow: { order: { number: "007", paid: true }, count: 3 },
    contact: { name: "Rosa" },
  });
  expect(variables.org).toEqual({});
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

it("fills a request as a run would", () => {
  const body = { kind: "json", text: '{"n": {{flow.n}}, "t": "{{flow.n}}"}' };
  const settings = httpSettings.parse({ method: "POST", url: "https://a.com/", body });
  expect(fillRequest(settings, sampleVariables({ "flow.n": "3" })).body?.join("")).toBe('{"n": 3, "t": "3"}');
});
