import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "~/i18n/translation";
import { changeNote } from "../model/edits";
import { useEditor } from "../state/editor-context";
import type { StickyNode } from "./flow-elements";

/** A note for those who edit; the bot knows nothing of it. */
export const StickyCard = memo(function StickyCard({ data, selected }: NodeProps<StickyNode>) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const { id, text } = data.note;
  return (
    <div
      className={`w-56 rounded-sm bg-amber-soft p-2 pt-4 ${selected ? "outline-2 outline-focus" : "outline-1 outline-line"}`}
    >
      <textarea
        aria-label={t("bots.editor.noteText")}
        placeholder={t("bots.editor.noteHint")}
        value={text}
        maxLength={5000}
        rows={3}
        onChange={({ target }) => store.edit(changeNote(id, { text: target.value }), `note ${id}`)}
        className="nodrag nowheel field-sizing-content max-h-64 w-full resize-none rounded-sm bg-transparent px-1 text-amber-text text-sm placeholder:text-amber-text"
      />
    </div>
  );
});
