import { definitionOf } from "../flow";
import { isInnerHost } from "../nodes/media/public-url";
import { defineRule } from "./rule";

/** The host that an address plainly names; null where a variable stands in it, which only the fetching can judge. */
function hostOf(url: string): string | null {
  const origin = /^\s*https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? "";
  return origin === "" || origin.includes("{{") || !URL.canParse(origin) ? null : new URL(origin).hostname;
}

type Text = "private" | "no_address";

function problemOf(url: string): Text | null {
  const host = hostOf(url);
  if (host !== null) return isInnerHost(host) ? "private" : null;
  return /\{\{/.test(url) ? null : "no_address";
}

/** Addresses that the product never asks: within somebody's own network, or none of the web. */
export const privateAddress = defineRule<Text>(
  {
    private: "“{url}” lies within a private network, which bots never ask.",
    no_address: "“{url}” is no address of the web.",
  },
  ({ flow }) =>
    flow.nodes.flatMap((node) =>
      (definitionOf(node).checks?.(node.settings) ?? []).flatMap((checked) => {
        const text = checked.what === "url" ? problemOf(checked.url) : null;
        if (checked.what !== "url" || !text) return [];
        return [{ severity: "error" as const, node: node.id, text, params: { url: checked.url.slice(0, 200) } }];
      }),
    ),
);
