import { defineRule } from "./rule";

/** No handoff within reach: only the words for a person, or a limit, get the customer to one. */
export const noHuman = defineRule({ no_human: "No way through the flow reaches a person." }, ({ flow, reachable }) => {
  const byNode = flow.nodes.some((node) => node.kind === "handoff" && reachable.has(node.id));
  const byCommand = flow.commands.some(({ action }) => action.kind === "handoff");
  return byNode || byCommand || flow.settings.callable
    ? []
    : [{ severity: "warning", node: null, text: "no_human", params: {} }];
});
