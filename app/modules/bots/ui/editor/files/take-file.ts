import { isRecord } from "../../../editing/complete-settings";
import type { Settings } from "../../../editing/draft";
import { type Path, setAt } from "../form/value-at";
import { changeSettings, type Edit } from "../model/edits";

type Brought = { id: string; kind: "image" | "video" | "audio" | "voice" | "file" };

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, key) => (isRecord(at) || Array.isArray(at) ? at[key as keyof typeof at] : undefined),
    value,
  );

/**
 * Puts a file that has come into a step's field, as the step is by then: one that is gone, or takes its file from elsewhere,
 * stays as it is. A step that sends media is of the file's own kind from then on.
 */
export const takeFile =
  (node: string, path: Path, { id, kind }: Brought): Edit =>
  (draft) => {
    const step = draft.nodes.find((one) => one.id === node);
    if (!step || typeof valueAt(step.settings, path) !== "string") return draft;
    const settings = setAt(step.settings, path, id) as Settings;
    const media = kind === "voice" ? "audio" : kind;
    return changeSettings(node, step.kind === "media" ? { ...settings, media } : settings)(draft);
  };
