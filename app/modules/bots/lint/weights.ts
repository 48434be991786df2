import { definitionOf } from "../flow";
import { defineRule, type Finding } from "./rule";

type Text = "never" | "none";

/** Shares that nobody is ever sent. */
export const weights = defineRule<Text>(
  {
    never: "A share has the weight 0: nobody is sent that way.",
    none: "Every share has the weight 0: all are taken alike.",
  },
  ({ flow }) =>
    flow.nodes.flatMap((node) =>
      (definitionOf(node).checks?.(node.settings) ?? []).flatMap((checked): Finding<Text>[] => {
        if (checked.what !== "weights" || !checked.weights.includes(0)) return [];
        const all = checked.weights.every((weight) => weight === 0);
        return [{ severity: all ? "error" : "warning", node: node.id, text: all ? "none" : "never", params: {} }];
      }),
    ),
);
