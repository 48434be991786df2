import { useTranslation } from "~/i18n/translation";
import { Dialog } from "~/ui/overlay/dialog";
import { Palette } from "../canvas/palette";
import { addKind } from "../state/actions";
import { useEditor } from "../state/editor-context";

/** Behind which exit something is added; `null` within for nothing in particular. */
export type Adding = { after?: { from: string; exit: string } };

type AddDialogProps = { adding: Adding | null; onClose(): void };

/** The kinds of nodes, where there is no room for them beside the flow. */
export function AddDialog({ adding, onClose }: AddDialogProps) {
  const { t } = useTranslation();
  const { store } = useEditor();
  return (
    <Dialog title={t("bots.editor.whatNext")} open={adding !== null} onOpenChange={(open) => open || onClose()}>
      {(close) => (
        <div className="-mx-3 flex min-h-80 flex-col">
          <Palette
            onChoose={(kind) => {
              close();
              addKind(store, kind, { after: adding?.after });
            }}
          />
        </div>
      )}
    </Dialog>
  );
}
