/** Top-level keys of the locale files that every screen may use. */
const everywhere = ["ui", "errors", "conversation", "media", "offline"];

/** What a screen outside the app needs besides, by the first segment of its path: these pages must load fast. */
const bySegment = new Map<string, readonly string[]>([
  ["", ["landing"]],
  ["c", ["publicChat"]],
  ["login", ["accounts"]],
  ["signup", ["accounts"]],
  ["invite", ["accounts"]],
  ["join", ["accounts", "groups"]],
  ["reset", ["accounts"]],
]);

export const ALL_TEXTS = "all";

/** A name for the set of texts that a page needs; two paths with the same name need the same texts. */
export function textSetOf(pathname: string): string {
  const segment = pathname.split("/")[1] ?? "";
  // From there any page may come, without a way to more texts.
  if (segment === "offline") return ALL_TEXTS;
  const sections = bySegment.get(segment);
  return sections ? sections.join("+") : "app";
}

/** Whether the set holds a top-level section. The app's own screens share everything but the pages of the outside. */
export function textSetHas(set: string, section: string): boolean {
  if (everywhere.includes(section)) return true;
  return set === "app" ? section !== "landing" && section !== "publicChat" : set.split("+").includes(section);
}
