import { useTranslation } from "~/i18n/translation";
import type { FieldDifference } from "../../../editing/difference";
import type { Json } from "../../../wording/json";
import { type Control, type Field, fieldAtPath } from "../form/form-fields";
import { useDraft, useEditor } from "../state/editor-context";
import { useWords } from "../words";

/** A value that differs as people read it; an empty text where there is none. */
export type WordedDifference = { path: string; name: string; before: string; after: string };

const isEmpty = (value: Json | undefined) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Puts the differences of a form's values into words; ids, and what is empty in both, are left out. */
export function useDifferenceWords(of: string, fields: readonly Field[]) {
  const { t } = useTranslation();
  const { fieldName, nodeLabel, optionOf } = useWords();
  const { things } = useEditor();
  const draft = useDraft();
  const named = [...things.areas, ...things.members, ...things.flows];
  const oneOf = (control: Control, words: string, value: Json): string => {
    if (typeof value === "boolean") return t(value ? "bots.exits.yes" : "bots.exits.no");
    if (typeof value !== "string") return JSON.stringify(value);
    if (control.type === "options") return optionOf(words, value);
    if (control.type !== "reference") return value;
    const step = control.to === "node" ? draft.nodes.find(({ id }) => id === value) : undefined;
    return step ? nodeLabel(step) : (named.find(({ id }) => id === value)?.name ?? value);
  };
  const shown = (field: Field | null, value: Json | undefined): string => {
    if (value === undefined || value === null) return "";
    const control = field?.control ?? { type: "json" as const };
    const inner = control.type === "list" ? control.item : control;
    const words = field?.words ?? "";
    return Array.isArray(value)
      ? value.map((entry) => oneOf(inner, words, entry)).join(", ")
      : oneOf(inner, words, value);
  };
  const nameOf = (path: string, field: Field | null) => {
    if (path === "title") return t("bots.editor.nodeTitle");
    if (path === "name" && of === "flow") return t("bots.list.name");
    return field ? fieldName(of, field.words) : path;
  };
  return (changes: readonly FieldDifference[]): WordedDifference[] =>
    changes.flatMap(({ path, before, after }) => {
      const way = path.split(".");
      if (way.at(-1) === "id" || (isEmpty(before) && isEmpty(after))) return [];
      const field = fieldAtPath(fields, way);
      return [{ path, name: nameOf(path, field), before: shown(field, before), after: shown(field, after) }];
    });
}
