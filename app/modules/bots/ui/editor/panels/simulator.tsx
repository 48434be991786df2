import { MessageSquareWarning, X } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "~/ui/icon-button";
import { EmptyState } from "~/ui/state/empty-state";
import { readDraft } from "../../../editing/draft";
import { SimulatorPanel } from "../../simulator/simulator-panel";
import { useDraft, useEditor } from "../state/editor-context";

/** A conversation with the draft, beside the canvas. */
export function Simulator({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="flex items-center border-line border-b py-2 pr-2 pl-4">
        <h2 className="flex-1 font-semibold">{t("bots.simulator.title")}</h2>
        <IconButton label={t("ui.close")} icon={<X aria-hidden />} onClick={onClose} />
      </div>
      <Trial />
    </>
  );
}

/** The conversation itself, once the draft is whole; the node that it is at is shown on the canvas. */
export function Trial() {
  const { t } = useTranslation();
  const { store, flowId } = useEditor();
  const draft = useDraft();
  // The same flow as long as nothing is drawn: the simulator tells another from the one that it began with.
  const read = useMemo(() => readDraft(draft), [draft]);
  const onNode = useCallback((id: string | null) => id !== null && store.show(id), [store]);
  if (!read.ok)
    return (
      <EmptyState icon={<MessageSquareWarning />} title={t("bots.editor.notYet")} text={t("bots.editor.notYetText")} />
    );
  return <SimulatorPanel flow={read.flow} flowId={flowId} onNode={onNode} />;
}
