import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Language, languages } from "./languages";
import { textSetHas, textSetOf } from "./sections";

type Texts = { [key: string]: string | Texts };

const APP = resolve(import.meta.dirname, "..");

function flatten(texts: Texts, prefix = ""): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

function read(language: Language): Map<string, string> {
  return new Map(flatten(JSON.parse(readFileSync(join(APP, `i18n/locales/${language}.json`), "utf8")) as Texts));
}

const locales = { es: read("es"), pt: read("pt"), en: read("en") } satisfies Record<Language, Map<string, string>>;
/** Keys as code names them: plural forms are one key. */
const names = new Set([...locales.es.keys()].map((key) => key.replace(/_(zero|one|two|few|many|other)$/, "")));

/** Every source file of the app but the tests, as [path within app, text]. */
const sources = new Map(
  readdirSync(APP, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(join(APP, path), "utf8")]),
);

const KEY = /^[a-zA-Z]+(?:\.[\w-]+)+$/;

/** The keys in the first argument of each `t(…)`, and the beginnings of those that are put together (`errors.${code}`). */
function keysIn(source: string): { keys: string[]; prefixes: string[] } {
  const calls = source.match(/\bt\(\s*(?:[^()"'`,]*\?\s*)?(["'`])[^;]*?\1(?:\s*:\s*(["'`])[^;]*?\2)?/g) ?? [];
  const literals = calls.flatMap((call) => [...call.matchAll(/["'`]([^"'`]*)["'`]/g)].map((match) => match[1]!));
  return {
    keys: literals.filter((literal) => KEY.test(literal)),
    prefixes: literals.filter((literal) => /^[\w.]+\.\$\{/.test(literal)).map((literal) => literal.split("${")[0]!),
  };
}

describe("the three languages", () => {
  it.each(languages)("have the same keys: %s", (language) => {
    expect([...locales[language].keys()].sort()).toEqual([...locales.es.keys()].sort());
  });

  it.each(languages)("name the same variables: %s", (language) => {
    const variables = (text: string | undefined) =>
      [...(text ?? "").matchAll(/\{\{\s*([\w.]+)/g)].map((m) => m[1]).sort();
    for (const [key, text] of locales[language]) {
      expect({ key, variables: variables(text) }).toEqual({ key, variables: variables(locales.es.get(key)) });
    }
  });

  it.each(languages)("leave nothing empty, unfinished or with markup: %s", (language) => {
    const odd = [...locales[language]].filter(([, text]) => !text.trim() || /TODO|FIXME|XXX|<\/?[a-z]/.test(text));
    expect(odd).toEqual([]);
  });

  it("are all translated: no sentence is the same in English and another", () => {
    const sentences = [...locales.en].filter(([, text]) => text.trim().split(/\s+/).length > 2);
    const same = sentences.filter(([key, text]) => text === locales.es.get(key) || text === locales.pt.get(key));
    expect(same).toEqual([]);
  });

  it("speak to people as Argentina does, with vos", () => {
    const tuteo = /(?<!\p{L})(tú|contigo|eres|tienes|puedes|quieres|debes|necesitas|sabes|vosotros)(?!\p{L})/iu;
    expect([...locales.es].filter(([, text]) => tuteo.test(text))).toEqual([]);
  });

  it("give every plural its forms", () => {
    const halves = [...locales.es.keys()].filter(
      (key) => key.endsWith("_one") && !locales.es.has(key.replace(/_one$/, "_other")),
    );
    expect(halves).toEqual([]);
  });
});

describe("the code", () => {
  it("finds keys however they are written", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text to be read.
    expect(keysIn('t("ui.a"); t(on ? "ui.b" : "ui.c", { n }); t(`errors.${code}`); at("x.y"); t(name)')).toEqual({
      keys: ["ui.a", "ui.b", "ui.c"],
      prefixes: ["errors."],
    });
    expect(keysIn('{t(\n  "ui.long.key",\n  { count: 1 })}').keys).toEqual(["ui.long.key"]);
  });

  it("uses only keys that exist", () => {
    const missing = [...sources].flatMap(([path, source]) => {
      const { keys, prefixes } = keysIn(source);
      const known = [...names];
      return [
        ...keys.filter((key) => !names.has(key)),
        ...prefixes.filter((prefix) => !known.some((name) => name.startsWith(prefix))),
      ].map((key) => `${path}: ${key}`);
    });
    expect(missing).toEqual([]);
  });

  it("uses every key of its screens", () => {
    const shared = ["ui", "errors", "conversation"];
    const code = [...sources.values()].join("\n");
    const prefixes = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1]!);
    const unused = [...names].filter(
      (name) =>
        !shared.includes(name.split(".")[0]!) &&
        !code.includes(`"${name}"`) &&
        !prefixes.some((prefix) => name.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  it("knows what a route brings to the browser", () => {
    expect(routes()).toContainEqual({ folder: "_index", path: "/" });
    expect(reachable("routes/_index/route")).toContain("ui/conversation/bubble.tsx");
    expect(reachable("routes/_index/route")).not.toContain("i18n/i18n.server.ts");
  });

  it("finds on each page only texts that the page is given", () => {
    const strays = routes().flatMap(({ folder, path }) => {
      const set = textSetOf(path);
      return reachable(`routes/${folder}/route`).flatMap((file) =>
        keysIn(sources.get(file) ?? "")
          .keys.filter((key) => !textSetHas(set, key.split(".")[0]!))
          .map((key) => `${folder} (${set}) shows ${key} of ${file}`),
      );
    });
    expect(strays).toEqual([]);
  });
});

/** The route folders, each with an address that it answers, as far as the set of texts depends on it. */
function routes(): { folder: string; path: string }[] {
  const folders = new Set([...sources.keys()].flatMap((path) => /^routes\/([^/]+)\/route\.tsx$/.exec(path)?.[1] ?? []));
  return [...folders].map((folder) => {
    const segments = folder.split(".").filter((segment) => !segment.startsWith("_"));
    return { folder, path: `/${segments.map((segment) => segment.replace(/^\$.*/, "x").replace(/_$/, "")).join("/")}` };
  });
}

/** The files that a file brings to the browser: its imports and theirs, without the server's. */
function reachable(start: string): string[] {
  const seen = new Set<string>();
  const queue = [fileOf(start)];
  for (let file = queue.pop(); queue.length > 0 || file; file = queue.pop()) {
    if (!file || seen.has(file)) continue;
    seen.add(file);
    const imports = (sources.get(file) ?? "").matchAll(/(?:from|import)\s*\(?\s*"((?:~|\.{1,2})\/[^"]+)"/g);
    for (const [, target] of imports) {
      if (target!.includes(".server")) continue;
      queue.push(fileOf(target!.startsWith("~/") ? target!.slice(2) : join(dirname(file), target!)));
    }
  }
  return [...seen];
}

const fileOf = (path: string) =>
  ["", ".tsx", ".ts", "/index.ts", "/index.tsx"].map((end) => path + end).find((file) => sources.has(file));
