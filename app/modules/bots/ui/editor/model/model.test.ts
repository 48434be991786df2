import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Draft, draftSchema, readDraft } from "../../../editing/draft";
import { ALIGNMENTS, align, arrangeAll, freePlace, sizeOfNode } from "./arrange";
import { copyOf, freshIds, paste, readClip, writeClip } from "./clipboard";
import { spannedLines } from "./columns";
import { aDraft } from "./draft-double";
import { draftExits } from "./draft-exits";
import * as edits from "./edits";
import { findNodes } from "./find-nodes";
import { freshId } from "./fresh-id";
import { apply, type History, redo, startHistory, undo } from "./history";
import { chainOf, outlineOf } from "./outline";
import { isSameJson } from "./same-json";

const nodeIds = (draft: Draft) => draft.nodes.map(({ id }) => id);
const boxesOf = (draft: Draft) => draft.nodes.map((node) => ({ ...node.position, ...sizeOfNode(node) }));

/** Any edit that the editor can make, of a draft as it is then. */
function someEdit(draft: Draft, kind: number, [a, b, c]: [number, number, number]): edits.Edit {
  const node = (n: number) => draft.nodes[n % draft.nodes.length]!;
  const [from, to] = [node(a), node(b)];
  const exit = draftExits(from)?.[c % Math.max(1, draftExits(from)?.length ?? 1)]?.id ?? "next";
  const chosen = new Set([from.id, to.id]);
  const clip = copyOf(draft, chosen, "org");
  const id = freshId("text", new Set(nodeIds(draft)));
  const text = { id, kind: "text" as const, title: "", position: { x: a, y: b }, settings: { text: `hola ${c}` } };
  const all: edits.Edit[] = [
    edits.addNode(text, { from: from.id, exit }),
    edits.connect({ from: from.id, exit, to: to.id }),
    edits.disconnect([{ from: from.id, exit }]),
    edits.move(new Map([[from.id, { x: b + 0.4, y: c }]])),
    edits.changeSettings(from.id, { ...from.settings, items: [], extra: c }),
    edits.renameNode(from.id, `nombre ${c}`),
    edits.remove(new Set([to.id])),
    clip ? paste(clip, freshIds(draft, clip), { x: a, y: b }) : (same) => same,
    align(new Set(nodeIds(draft)), ALIGNMENTS[c % ALIGNMENTS.length]!),
    arrangeAll,
    edits.changeCommands([{ words: [`w${c}`], action: { kind: "restart" } }]),
    edits.changeFlowSettings({ maxInvalid: (c % 5) + 1 }),
    edits.renameFlow(`flujo ${c}`),
    edits.addNote({
      id: freshId("note", new Set(draft.notes.map((note) => note.id))),
      text: "",
      position: { x: a, y: c },
      color: "",
    }),
    edits.changeNote(draft.notes[0]?.id ?? "", { text: `nota ${b}` }),
  ];
  return all[kind % all.length]!;
}

describe("edits of a draft", () => {
  it("a hundred mixed ones are undone to the first draft, byte for byte, and done again to the last (pitfall 32)", () => {
    const step = fc.tuple(fc.nat(14), fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400)), fc.nat(3));
    fc.assert(
      fc.property(fc.array(step, { minLength: 100, maxLength: 100 }), (steps) => {
        const first = aDraft();
        const bytes = JSON.stringify(first);
        let history: History = startHistory(first);
        let time = 0;
        for (const [kind, args, pause] of steps) {
          time += pause * 700;
          history = apply(history, someEdit(history.present, kind, args), pause === 0 ? null : `of ${kind}`, time);
          if (kind === 3) history = redo(undo(history));
          expect(draftSchema.safeParse(history.present).error).toBeUndefined();
        }
        const last = JSON.stringify(history.present);
        const steps_ = history.past.length;
        for (let n = 0; n < steps_; n++) history = undo(history);
        expect(JSON.stringify(history.present)).toBe(bytes);
        expect(undo(history)).toBe(history);
        for (let n = 0; n < steps_; n++) history = redo(history);
        expect(JSON.stringify(history.present)).toBe(last);
      }),
      { numRuns: 8 },
    );
  });

  it("typing into one field is one step until it pauses; anything else is a step of its own", () => {
    const name = (text: string) => edits.renameNode("start", text);
    let history = startHistory(aDraft());
    history = apply(history, name("a"), "title", 0);
    history = apply(history, name("ab"), "title", 900);
    history = apply(history, name("abc"), "title", 3_000);
    history = apply(history, name("abc"), "title", 3_100);
    expect(history.past.length).toBe(2);
    expect(undo(history).present.nodes[0]?.title).toBe("ab");
  });

  it("leave the start alone, lead nothing into it, and take the edges with what goes", () => {
    const draft = aDraft();
    expect(edits.remove(new Set([draft.start]))(draft)).toBe(draft);
    const [edge] = draft.edges;
    expect(edits.connect({ ...edge!, to: draft.start })(draft)).toBe(draft);
    const without = edits.remove(new Set([edge!.to]))(draft);
    expect(without.edges.some(({ from, to }) => from === edge!.to || to === edge!.to)).toBe(false);
  });

  it("keep the edges of exits that are still there when an item goes (pitfall 32)", () => {
    const draft = aDraft();
    const menu = draft.nodes.find(({ kind }) => kind === "choice")!;
    const [gone, ...items] = menu.settings.items as { id: string }[];
    const changed = edits.changeSettings(menu.id, { ...menu.settings, items } as never)(draft);
    const ways = (one: Draft) => one.edges.filter(({ from }) => from === menu.id).map(({ exit }) => exit);
    expect(ways(changed)).toEqual(ways(draft).filter((exit) => exit !== gone!.id));
  });
});

describe("a copy", () => {
  it("comes into another flow with new ids, its inner edges, and nothing of what it was joined to", () => {
    const draft = aDraft();
    const clip = copyOf(draft, new Set(nodeIds(draft)), "org")!;
    const read = readClip(writeClip(clip))!;
    expect(read).toEqual(clip);
    const pasted = paste(read, freshIds(draft, read), { x: 0, y: 900 })(draft);
    expect(new Set(nodeIds(pasted)).size).toBe(draft.nodes.length * 2 - 1);
    expect(pasted.edges.length - draft.edges.length).toBe(clip.edges.length);
    expect(draftSchema.safeParse(pasted).success).toBe(true);
    expect(Math.min(...pasted.nodes.slice(draft.nodes.length).map(({ position }) => position.y))).toBe(900);
  });

  it.each([
    ["hola"],
    ["{}"],
    ['{"guazuapp/flow-part":1}'],
    ['{"guazuapp/flow-part":1,"orgId":"o","nodes":[{"id":"x"}]}'],
  ])("is not taken from %s", (text) => expect(readClip(text)).toBeNull());
});

describe("a layout", () => {
  it("puts no node over another, and leads from left to right", () => {
    const boxes = boxesOf(arrangeAll(aDraft()));
    const over = boxes.some((a, i) =>
      boxes.some(
        (b, j) => i < j && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      ),
    );
    expect(over).toBe(false);
    expect(boxes[0]!.x).toBe(Math.min(...boxes.map(({ x }) => x)));
  });

  it("of three hundred steps that often lead back to the menu makes no room for what leads back, and reads from left to right", () => {
    const ids = Array.from({ length: 300 }, (_, n) => `n${n}`);
    const nodes = ids.map((id, n) => ({
      ...{ id, kind: n === 0 ? ("start" as const) : ("choice" as const), title: "", position: { x: 0, y: 0 } },
      settings: n === 0 ? {} : { body: "¿?", items: ["a", "b", "c"].map((item) => ({ id: item, label: item })) },
    }));
    const edges = ids
      .slice(0, -1)
      .flatMap((from, n) => [
        { from, exit: n === 0 ? "next" : "a", to: ids[n + 1]! },
        ...(n > 0 ? [{ from, exit: "b", to: "n1" }] : []),
        ...(n > 0 && n % 3 === 0 ? [{ from, exit: "c", to: ids[((n * 7) % 298) + 1]! }] : []),
      ]);
    const draft = draftSchema.parse({ ...aDraft(), start: "n0", nodes, edges, commands: [] });
    const lines = spannedLines(draft, draft.edges);
    expect(lines.length).toBeGreaterThan(299);
    expect(lines.filter(({ to }) => to === "n1")).toEqual([{ from: "n0", to: "n1", exit: "next", span: 1 }]);
    const at = new Map(arrangeAll(draft).nodes.map(({ id, position }) => [id, position.x]));
    expect(lines.filter(({ from, to }) => at.get(from)! >= at.get(to)!)).toEqual([]);
    expect(new Set(at.values()).size).toBe(300);
  });

  it("lines chosen nodes up", () => {
    const draft = arrangeAll(aDraft());
    const ids = new Set(nodeIds(draft).slice(0, 3));
    const chosen = (how: (typeof ALIGNMENTS)[number]) => boxesOf(align(ids, how)(draft)).slice(0, 3);
    expect(new Set(chosen("left").map(({ x }) => x)).size).toBe(1);
    expect(new Set(chosen("top").map(({ y }) => y)).size).toBe(1);
    expect(new Set(chosen("middle").map(({ y, height }) => Math.round(y + height / 2))).size).toBeLessThanOrEqual(2);
    const spread = chosen("spread").toSorted((a, b) => a.y - b.y);
    expect(spread[1]!.y - spread[0]!.y - spread[0]!.height).toBe(24);
  });

  it("finds a place that is free", () => {
    const draft = aDraft();
    const at = freePlace(draft, draft.nodes[0]!.position);
    expect(draft.nodes.some(({ position }) => position.x === at.x && position.y === at.y)).toBe(false);
  });
});

describe("reading a draft", () => {
  it("is found by what it says, without accents", () => {
    const found = findNodes(aDraft(), "HORARIO DE ATENCION", (node) => node.title);
    expect(found.length).toBeGreaterThan(0);
    expect(findNodes(aDraft(), "  ", () => "")).toEqual([]);
  });

  it("shows each node once in the outline, also what nothing leads to", () => {
    const draft = edits.addNode({ id: "lost", kind: "text", title: "", position: { x: 0, y: 0 }, settings: {} })(
      aDraft(),
    );
    const seen: string[] = [];
    const walk = (entries: ReturnType<typeof outlineOf>) => {
      for (const { node, exits } of entries) {
        seen.push(node.id);
        walk(exits.flatMap(({ entry }) => (entry ? [entry] : [])));
      }
    };
    walk(outlineOf(draft));
    expect(seen.toSorted()).toEqual(nodeIds(draft).toSorted());
    expect(seen[0]).toBe(draft.start);
  });

  it("stands one below the other in the outline as long as there is one way to go on", () => {
    const [first] = outlineOf(aDraft());
    const chain = chainOf(first!);
    const last = chain.at(-1)!;
    expect(chain.length).toBeGreaterThan(1);
    for (const [at, { entry, goesOn }] of chain.slice(0, -1).entries())
      expect(entry.exits.find(({ exit }) => exit.id === goesOn)?.entry).toBe(chain[at + 1]!.entry);
    expect(last.goesOn).toBeNull();
    expect(last.entry.exits.filter(({ exit }) => !exit.fallback).length).not.toBe(1);
  });

  it("is known again in whatever order its keys come back", () => {
    const draft = aDraft();
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, inner]) => [key, turned(inner)]),
      );
    };
    expect(isSameJson(turned(draft), draft)).toBe(true);
    expect(isSameJson({ ...draft, name: "Otro" }, draft)).toBe(false);
    expect(isSameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    for (const [a, b] of [
      [
        [1, 2],
        [2, 1],
      ],
      [[], {}],
      [{ a: null }, {}],
      [{ a: 1 }, { b: 1 }],
      [null, {}],
    ])
      expect([a, isSameJson(a, b)]).toEqual([a, false]);
  });

  it("is a flow when it is whole, and tells node and field when it is not", () => {
    expect(readDraft(aDraft()).ok).toBe(true);
    const draft = aDraft();
    const menu = draft.nodes.find(({ kind }) => kind === "choice")!;
    const broken = edits.changeSettings(menu.id, { ...menu.settings, items: [{ id: "a", label: "" }] } as never)(draft);
    const read = readDraft(edits.changeFlowSettings({ maxInvalid: 99 })(broken));
    expect(read.ok ? [] : read.problems.map(({ node, path, message }) => [node, path.join("."), message.key])).toEqual([
      [menu.id, "items.0.label", "bots.problems.required"],
      [null, "settings.maxInvalid", "bots.problems.too_big"],
    ]);
    expect(draftExits(broken.nodes.find(({ id }) => id === menu.id)!)?.map(({ id }) => id)).toEqual([
      "a",
      "else",
      "no_answer",
    ]);
  });
});
