import fc from "fast-check";
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { textsFor } from "~/i18n/i18n.server";
import { i18nFor } from "~/i18n/instance";
import { languages } from "~/i18n/languages";
import { TranslationProvider } from "~/i18n/translation";
import { OPERATORS } from "../../../answers/conditions";
import { completeValue, isRecord, settingsSchemaOf } from "../../../editing/complete-settings";
import type { Draft, DraftNode } from "../../../editing/draft";
import { lenientNode } from "../../../editing/draft";
import { definitionOf, exitsOf } from "../../../flow";
import { type NodeKind, nodeKinds } from "../../../nodes/kinds";
import { aDraft } from "../model/draft-double";
import { addNode } from "../model/edits";
import { freshSettings } from "../state/actions";
import { EditorProvider } from "../state/editor-context";
import { EditorStore } from "../state/editor-store";
import {
  type Control,
  type Field,
  fieldAtPath,
  fieldsOfUse,
  formOfCommand,
  formOfFlow,
  formOfKind,
} from "./form-fields";
import { SettingsForm } from "./settings-form";
import { freshEntry, moveIn, type Path, setAt } from "./value-at";

const kinds = Object.keys(nodeKinds) as NodeKind[];
const wordsOf = (language: (typeof languages)[number]) => i18nFor(language, textsFor(language, "app"));
const things = { areas: [], members: [], flows: [], tags: [], reasons: null, lint: {} };

/** Every field with the path at which its value stands, in whatever variant. */
function everyField(fields: readonly Field[]): Field[] {
  const within = (control: Control): Field[] => {
    if (control.type === "group") return everyField(control.fields);
    if (control.type === "list") return within(control.item);
    return control.type === "variants" ? control.variants.flatMap(({ fields: inner }) => everyField(inner)) : [];
  };
  return fields.flatMap((field) => [field, ...within(field.control)]);
}

/** The values of a form written back one by one, as typing does. */
function rewritten(fields: readonly Field[], value: unknown, path: Path, whole: unknown): unknown {
  const record = isRecord(value) ? value : {};
  return fields.reduce((all, { name, control }) => {
    const at = [...path, name];
    const inner =
      control.type === "variants"
        ? (control.variants.find((one) => isRecord(record[name]) && one.value === record[name][control.tag])?.fields ??
          [])
        : control.type === "group"
          ? control.fields
          : null;
    if (inner && isRecord(record[name])) return rewritten(inner, record[name], at, all);
    return record[name] === undefined ? all : setAt(all, at, structuredClone(record[name]));
  }, whole);
}

function draw(kind: NodeKind, settings: DraftNode["settings"], language: (typeof languages)[number] = "es"): string {
  const draft: Draft = addNode({ id: "fresh", kind, title: "", position: { x: 0, y: 0 }, settings })(aDraft());
  const store = new EditorStore(draft, {});
  return renderToString(
    <TranslationProvider i18n={wordsOf(language)}>
      <EditorProvider value={{ store, things, orgId: "org", flowId: "flow", connect: () => {} }}>
        <SettingsForm
          of={kind}
          fields={formOfKind(kind)}
          root={settingsSchemaOf(kind)}
          value={settings}
          problems={[]}
          at={null}
          onChange={() => {}}
        />
      </EditorProvider>
    </TranslationProvider>,
  );
}

describe.each(kinds)("the settings of %s", (kind) => {
  const schema = settingsSchemaOf(kind);
  const fresh = freshSettings(kind, aDraft());

  it("are drawn with a control for every field, by the schema alone", () => {
    const fields = formOfKind(kind);
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(schema.properties ?? {}));
    const html = draw(kind, fresh);
    for (const field of fields) expect(html.length, field.name).toBeGreaterThan(50);
    const raw = everyField(fields).filter(({ control }) => control.type === "json");
    expect(raw.map(({ words }) => words)).toEqual([]);
  });

  it("stay the same when every field is written back as it is", () => {
    const given: unknown = completeValue(schema, fresh, schema);
    expect(rewritten(formOfKind(kind), given, [], given)).toEqual(given);
    const { settings } = nodeKinds[kind];
    const parsed = settings.safeParse(given);
    if (parsed.success)
      expect(settings.parse(rewritten(formOfKind(kind), parsed.data, [], parsed.data))).toEqual(parsed.data);
  });

  it("have a value for each variant that can be chosen, and for each entry that is added", () => {
    for (const { control } of everyField(formOfKind(kind))) {
      if (control.type === "list") {
        const entries = [freshEntry(control.schema, schema, [])];
        entries.push(freshEntry(control.schema, schema, entries));
        if (isRecord(entries[0]))
          expect(entries[0].id === undefined || entries[0].id !== (entries[1] as { id: string }).id).toBe(true);
      }
      if (control.type !== "variants") continue;
      for (const one of control.variants)
        expect(completeValue(one.schema, { [control.tag]: one.value }, schema)).toMatchObject({
          [control.tag]: one.value,
        });
    }
  });

  it("never break the editor, whatever they hold", () => {
    const names = Object.keys(schema.properties ?? {});
    const settings = fc.dictionary(
      names.length ? fc.constantFrom(...names) : fc.string(),
      fc.jsonValue({ maxDepth: 2 }),
    );
    fc.assert(
      fc.property(settings, (some) => {
        draw(kind, some as DraftNode["settings"]);
        const node = lenientNode({
          id: "n",
          kind,
          title: "",
          position: { x: 0, y: 0 },
          settings: some as DraftNode["settings"],
        });
        try {
          definitionOf(node).texts?.(node.settings);
          exitsOf(node);
        } catch {
          // What is broken so far is caught where it is drawn.
        }
      }),
      { numRuns: 15 },
    );
  });

  it.each(languages)("have their words in %s", (language) => {
    const words = wordsOf(language);
    const exists = (key: string) => words.exists(key);
    const lacks = (...keys: string[]) => (keys.some((key) => exists(key)) ? [] : [keys[0]]);
    const last = (words: string) => words.slice(words.lastIndexOf("_") + 1);
    const missing = [
      ...lacks(`bots.kinds.${kind}.name`),
      ...lacks(`bots.kinds.${kind}.about`),
      ...everyField(formOfKind(kind)).flatMap(({ words, control }) => [
        ...lacks(`bots.fields.${kind}.${words}`, `bots.fields.common.${words}`, `bots.fields.common.${last(words)}`),
        ...optionsOf(control).flatMap((value) =>
          lacks(`bots.options.${words}_${value}`, `bots.options.${last(words)}_${value}`),
        ),
      ]),
      ...fixedExits(kind).flatMap((exit) => lacks(`bots.exits.${exit}`)),
    ];
    expect(missing).toEqual([]);
  });
});

describe("fields that belong to one choice alone", () => {
  const ofUse = (kind: NodeKind, settings: object, wrong = "") =>
    fieldsOfUse(formOfKind(kind), { ...settings }, (name) => name === wrong).map(({ name }) => name);

  it("are left out while another is made, unless something is wrong in them", () => {
    const own = ["min", "max", "documents", "pattern", "photosOnly"];
    const shown = (type: string) => own.filter((name) => ofUse("ask", { type }).includes(name));
    expect(shown("number")).toEqual(["min", "max"]);
    expect(["document", "pattern", "file"].map(shown)).toEqual([["documents"], ["pattern"], ["photosOnly"]]);
    expect([shown("text"), shown("date")]).toEqual([[], []]);
    expect(ofUse("ask", {})).toEqual(ofUse("ask", { type: "text" }));
    expect(ofUse("http", { method: "GET" })).not.toContain("body");
    expect(ofUse("http", { method: "GET" }, "body")).toContain("body");
    expect(ofUse("http", { method: "POST" })).toContain("body");
  });
});

describe("a field by its path", () => {
  it("is found through lists, groups and variants, by ids and places", () => {
    const words = (kind: NodeKind, path: string) => fieldAtPath(formOfKind(kind), path.split("."))?.words;
    expect(words("choice", "items.item_1.label")).toBe("items_label");
    expect(words("choice", "body")).toBe("body");
    expect(words("http", "saves.0.items.label")).toBe("saves_items_label");
    expect(words("start", "trigger.words")).toBe("trigger_words");
    expect(words("choice", "items.item_1.showIf.rules.0.value")).toBe("items_showIf");
    expect(words("choice", "gone")).toBeUndefined();
  });
});

const optionsOf = (control: Control): string[] => {
  if (control.type === "options") return control.values;
  if (control.type === "list") return optionsOf(control.item);
  return control.type === "variants" ? control.variants.map(({ value }) => value) : [];
};

/** The exits of a fresh node that no entry of its settings gives its own word. */
function fixedExits(kind: NodeKind): string[] {
  const settings = freshSettings(kind, aDraft());
  const node = lenientNode({ id: "n", kind, title: "", position: { x: 0, y: 0 }, settings });
  const own = JSON.stringify(settings);
  return exitsOf(node).flatMap(({ id }) => (own.includes(`"id":"${id}"`) ? [] : [id]));
}

describe("what holds for a whole flow", () => {
  it.each(languages)("has its words in %s", (language) => {
    const words = wordsOf(language);
    const exists = (key: string) => words.exists(key);
    const named = (of: string, fields: Field[]) =>
      everyField(fields).flatMap(({ words }) => {
        const last = words.slice(words.lastIndexOf("_") + 1);
        const keys = [`bots.fields.${of}.${words}`, `bots.fields.common.${words}`, `bots.fields.common.${last}`];
        return keys.some((key) => exists(key)) ? [] : [keys[0]];
      });
    const operators = OPERATORS.map((one) => `bots.options.operator_${one}`).filter((key) => !exists(key));
    expect([...named("flow", formOfFlow()), ...named("command", formOfCommand()), ...operators]).toEqual([]);
  });
});

describe("a value within settings", () => {
  it("is changed without touching the rest", () => {
    const value = { a: { b: [1, 2] }, c: {} };
    const changed = setAt(value, ["a", "b", 1], 3) as typeof value;
    expect(changed).toEqual({ a: { b: [1, 3] }, c: {} });
    expect(changed.c).toBe(value.c);
    expect(value.a.b).toEqual([1, 2]);
    expect(setAt(undefined, ["x", 0], "y")).toEqual({ x: ["y"] });
    expect(moveIn(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moveIn(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });
});
