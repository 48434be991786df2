import { expect, it } from "vitest";
import { nodeKinds } from "../nodes/kinds";
import { problemOf } from "./problem";

type Kind = keyof typeof nodeKinds;

const told = (kind: Kind, settings: object) => {
  const read = nodeKinds[kind].settings.safeParse(settings);
  return (read.error?.issues ?? []).map((issue) => {
    const { path, message } = problemOf(issue);
    return `${path.join(".")}: ${message.key.replace("bots.problems.", "")}`;
  });
};
const http = (more: object) => told("http", { url: "https://a.com/", ...more });

it.each<[string, string[], string[]]>([
  ["an address without its beginning", told("http", { url: "tienda.com" }), ["url: url"]],
  ["a body of a GET", http({ body: { kind: "text", text: "x" } }), ["body: no_body"]],
  ["no JSON", http({ method: "POST", body: { kind: "json", text: "{a}" } }), ["body.text: json"]],
  ["no header", http({ headers: [{ name: "a b" }] }), ["headers.0.name: header"]],
  ["a closed header", http({ headers: [{ name: "Host" }] }), ["headers.0.name: closed_header"]],
  ["no path", http({ saves: [{ path: "a b", to: "Nombre" }] }), ["saves.0.path: json_path", "saves.0.to: format"]],
  ["no time of day", told("wait", { until: { kind: "time", time: "9" } }), ["until.time: time"]],
  ["a pattern that is not there", told("ask", { question: "?", type: "pattern" }), ["pattern: required"]],
  ["an empty question", told("ask", { question: " " }), ["question: required"]],
  ["no options", told("choice", { body: "?" }), ["items: required"]],
  [
    "an exit's own name",
    told("condition", { branches: [{ id: "else", condition: { rules: [] } }] }),
    ["branches.0.id: twice", "branches.0.condition.rules: required"],
  ],
])("says in words of its own what is wrong with %s", (_, found, words) => {
  expect(found).toEqual(words);
});
