import { describe, expect, it } from "vitest";
import { botTexts } from "../wording/bot-texts";
import type { NodeDefinition } from "./define-node";
import { nodeKinds } from "./kinds";

/** Settings with every empty text filled in and nothing else changed: what an author has to do at least. */
const filled = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"url":""', '"url":"https://a.com/"').replaceAll('""', '"x"'));

describe.each(Object.entries(nodeKinds) as [string, NodeDefinition<unknown>][])("a fresh %s node", (_, definition) => {
  it("is a node once its empty texts are filled in, and has its exits", () => {
    const settings = definition.settings.parse(filled(definition.initial(botTexts("es"))));
    const exits = definition.exits(settings).map(({ id }) => id);
    expect(new Set(exits).size).toBe(exits.length);
  });
});
