import { isRecord } from "../../../editing/complete-settings";
import type { Settings } from "../../../editing/draft";
import type { HttpSettings } from "../../../nodes/http/http-settings";

type Step = string | number;

const NAME = /^[\p{L}\p{N}_$-]+$/u;
const MOST_SAVES = 30;

/** The path at which a value stands in an answer, as the settings write it; null for a key that no path can name. */
export function answerPath(steps: readonly Step[]): string | null {
  if (steps.some((step) => typeof step === "string" && !NAME.test(step))) return null;
  const path = steps.reduce<string>(
    (all, step) => (typeof step === "number" ? `${all}[${step}]` : all === "" ? step : `${all}.${step}`),
    "",
  );
  if (path === "") return "$";
  return path.startsWith("$") || path.startsWith("[") ? `$${path.startsWith("$") ? "." : ""}${path}` : path;
}

const savesOf = ({ saves }: Settings): Partial<HttpSettings["saves"][number]>[] =>
  Array.isArray(saves) ? (saves as unknown[]).filter(isRecord) : [];

/** The variable into which what stands at a path is kept already; null for none. */
export const keptAs = (settings: Settings, path: string): string | null =>
  savesOf(settings).find((saved) => saved.path === path)?.to ?? null;

export const mayKeepMore = (settings: Settings): boolean => savesOf(settings).length < MOST_SAVES;

/** A name that the last word of a path suggests, and that nothing else is kept under. */
function freshName(steps: readonly Step[], taken: ReadonlySet<string>): string {
  const last = steps.findLast((step) => typeof step === "string") ?? "";
  const plain = String(last)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 36);
  const name = plain || "value";
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
}

/** The settings of an HTTP step that keep what stands at `steps` of its answer too. */
export function keepValue(settings: Settings, steps: readonly Step[]): Settings {
  const path = answerPath(steps);
  if (path === null || keptAs(settings, path) !== null || !mayKeepMore(settings)) return settings;
  const saves = savesOf(settings);
  const to = freshName(steps, new Set(saves.map((saved) => saved.to ?? "")));
  return { ...settings, saves: [...saves, { path, to, items: null }] } as Settings;
}
