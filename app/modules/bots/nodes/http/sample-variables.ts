import type { Json } from "../../wording/json";
import { isReadablePath, NAMESPACES, type Variables } from "../../wording/variables";

const LITERAL = /^(-?(0|[1-9]\d{0,14})(\.\d{1,15})?|true|false)$/;

/** What somebody wrote for a value: a number or yes and no where it is written as one, else its words. */
const sampleValue = (text: string): Json => (LITERAL.test(text) ? (JSON.parse(text) as Json) : text);

type Branch = { [name: string]: Json };
const branch = (): Branch => Object.create(null) as Branch;

/** What hangs at a name, begun where nothing does yet. */
function inner(at: Branch, name: string): Branch {
  const known = at[name];
  if (typeof known === "object" && known !== null && !Array.isArray(known)) return known;
  const fresh = branch();
  at[name] = fresh;
  return fresh;
}

/** Values by their paths, such as `flow.order.number`, as a run holds them. Paths that no text may read are left out. */
export function sampleVariables(samples: { readonly [path: string]: string }): Variables {
  const variables = Object.fromEntries(NAMESPACES.map((name) => [name, branch()])) as Record<string, Branch>;
  for (const [path, text] of Object.entries(samples)) {
    if (!isReadablePath(path)) continue;
    const names = path.split(".");
    const last = names.pop() ?? "";
    let at = variables as Branch;
    for (const name of names) {
      at = inner(at, name);
    }
    at[last] = sampleValue(text);
  }
  return variables as Variables;
}
