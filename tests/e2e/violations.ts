import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds on the page as it stands, in each theme: the rule, and where. Only colours differ, which follow the
 * browser's choice at once, so that the other theme needs no page of its own.
 */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate((source) => {
    if ("axe" in window) return;
    // The page's policy lets no script in; the function comes through the inspector.
    new Function(source).call(window);
    // What changes its colour by and by would be looked at in the midst of it.
    const atOnce = Object.assign(document.createElement("style"), {
      textContent: "* { transition: none !important; }",
    });
    document.head.append(atOnce);
  }, AXE);
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const rules = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run: (where: Document) => Promise<AxeResults> } };
      return (await axe.run(document)).violations;
    });
    for (const { id, nodes } of rules)
      found.push(...nodes.map((node) => `${colorScheme}: ${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  }
  return found;
}
