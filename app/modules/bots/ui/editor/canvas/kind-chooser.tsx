import { Dialog as AriaDialog, Popover } from "react-aria-components";
import { useTranslation } from "~/i18n/translation";
import type { NodeKind } from "../../../nodes/kinds";
import { Palette } from "./palette";

type KindChooserProps = { anchor: Element | null; onChoose(kind: NodeKind): void; onClose(): void };

/** Which kind of node comes where something was dropped or pressed. */
export function KindChooser({ anchor, onChoose, onClose }: KindChooserProps) {
  const { t } = useTranslation();
  return (
    <Popover
      triggerRef={{ current: anchor }}
      isOpen={anchor !== null}
      onOpenChange={(open) => open || onClose()}
      placement="right top"
      offset={4}
      className="enter-float flex h-96 w-64 flex-col rounded-md border border-line bg-raised shadow-float outline-none"
    >
      <AriaDialog aria-label={t("bots.editor.whatNext")} className="flex min-h-0 flex-1 flex-col outline-none">
        <Palette
          autoFocus
          onChoose={(kind) => {
            onChoose(kind);
            onClose();
          }}
        />
      </AriaDialog>
    </Popover>
  );
}
