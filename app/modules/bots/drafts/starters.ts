import { type Draft, draftSchema } from "../editing/draft";
import type { Flow } from "../flow";
import { STARTERS } from "../starters/starters";

/** The words are `bots.starters.<id>`. */
export const STARTER_IDS: readonly string[] = Object.keys(STARTERS);

export const asDraft = (flow: Flow): Draft => draftSchema.parse(JSON.parse(JSON.stringify(flow)));

/** A flow of a start alone. */
export const emptyDraft = (name: string, language: string): Draft =>
  draftSchema.parse({
    schema: 1,
    name,
    start: "start",
    nodes: [{ id: "start", kind: "start", position: { x: 0, y: 0 } }],
    settings: { language },
  });
