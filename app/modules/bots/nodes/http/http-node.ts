import type { Json } from "../../wording/json";
import { own } from "../../wording/json";
import { defineNode, type Outcome } from "../define-node";
import { fillRequest } from "./fill-request";
import { type HttpSettings, httpSettings, httpTexts, withoutSecrets } from "./http-settings";
import { keepable, readPath } from "./json-path";

/** What the runner answers: what the other server said, or why it said nothing. */
export type HttpResult = { status: number; body: Json } | { error: string };

/** For a worker that died to be missed, and another to take its work once more. */
const RECOVERY_SECONDS = 120;

/** As much as a run should carry along. */
const LONGEST_SAVED = 65_536;

function resultOf(output: Json): HttpResult {
  if (typeof output === "object" && output !== null && !Array.isArray(output)) {
    const { status, error } = output;
    if (typeof status === "number") return { status, body: own(output, "body") ?? null };
    if (typeof error === "string") return { error };
  }
  return { error: "failed" };
}

/** An entry of a list as a choice offers it. */
function itemOf(entry: Json, paths: NonNullable<HttpSettings["saves"][number]["items"]>): Json {
  const label = readPath(entry, paths.label);
  return {
    label,
    value: paths.value === null ? label : readPath(entry, paths.value),
    description: paths.description === null ? null : readPath(entry, paths.description),
  };
}

/** What a node saves of an answer. */
export function savedOf(node: HttpSettings, body: Json): { [name: string]: Json } {
  const saved = node.saves.map(({ path, to, items }): [string, Json] => {
    const value = readPath(body, path);
    const kept = items && Array.isArray(value) ? value.slice(0, 200).map((entry) => itemOf(entry, items)) : value;
    return [to, keepable(kept)];
  });
  return Object.fromEntries(saved);
}

function outcomeOf(node: HttpSettings, result: HttpResult): Outcome {
  const status = "status" in result ? result.status : null;
  const saved = "status" in result && result.status >= 200 && result.status < 300 ? savedOf(node, result.body) : null;
  const tooLarge = saved !== null && JSON.stringify(saved).length > LONGEST_SAVED;
  const failure = "error" in result ? result.error : saved === null ? `http_${status}` : tooLarge ? "too_large" : null;
  return {
    set: {
      ...(failure === null && saved),
      ...(node.saveStatusTo !== null && { [node.saveStatusTo]: status }),
      ...(node.saveErrorTo !== null && { [node.saveErrorTo]: failure }),
    },
    detail: { status, error: failure },
    next: { do: "leave", exit: failure === null ? "ok" : "error" },
  };
}

/** Asks another server, and saves what is wanted of its answer. */
export const httpNode = defineNode<HttpSettings, "server">(httpSettings, {
  family: "do",
  initial: () => ({ url: "" }),
  place: "server",
  waits: true,
  exits: () => [
    { id: "ok", fallback: false },
    { id: "error", fallback: true },
  ],
  enter: (node, ctx) => ({
    next: {
      do: "wait",
      for: "result",
      input: fillRequest(node, ctx.variables),
      seconds: node.timeoutSeconds + RECOVERY_SECONDS,
      kept: null,
    },
  }),
  receive(node, input) {
    if (input.type === "answer") return { next: { do: "ignore" } };
    return outcomeOf(node, input.type === "result" ? resultOf(input.output) : { error: "timeout" });
  },
  texts: (node) => httpTexts(node).map(withoutSecrets),
  checks: ({ url }) => [{ what: "url", url }],
  sets: (node) =>
    [...node.saves.map(({ to }) => to), node.saveStatusTo, node.saveErrorTo].filter((name) => name !== null),
});
