import { nodesNamedBy } from "./flow-graph";
import { defineRule } from "./rule";

/** Jumps to nodes that the flow does not have: the run would go to people. */
export const missingTarget = defineRule({ missing: "There is no node “{name}” to go to." }, ({ flow, node }) =>
  flow.nodes.flatMap((one) =>
    nodesNamedBy(one)
      .filter((id) => !node(id))
      .map((id) => ({ severity: "error", node: one.id, text: "missing", params: { name: id } })),
  ),
);
