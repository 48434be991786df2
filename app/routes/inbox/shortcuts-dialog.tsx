import { useTranslation } from "~/i18n/translation";
import { Dialog } from "~/ui/overlay/dialog";

type ShortcutsDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** What the keys do. */
export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const { t } = useTranslation();
  const lines: [keys: string[], text: string][] = [
    [["j", "↓"], t("inbox.shortcuts.next")],
    [["k", "↑"], t("inbox.shortcuts.previous")],
    [["Enter"], t("inbox.shortcuts.open")],
    [["x"], t("inbox.shortcuts.mark")],
    [["r"], t("inbox.shortcuts.reply")],
    [["Esc"], t("inbox.shortcuts.list")],
    [["Alt", "1…9"], t("tabs.shortcuts.go")],
    [["Alt", "W"], t("tabs.shortcuts.close")],
    [["Alt", "⇧", "← →"], t("tabs.shortcuts.move")],
    [[t("tabs.shortcuts.deleteKey")], t("tabs.shortcuts.closeFocused")],
    [["?"], t("inbox.shortcuts.help")],
  ];
  return (
    <Dialog title={t("inbox.shortcuts.title")} size="sm" open={open} onOpenChange={onOpenChange}>
      <dl className="grid gap-2">
        {lines.map(([keys, text]) => (
          <div key={text} className="flex items-center justify-between gap-4">
            <dt className="order-2 flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded-sm border border-line-mid bg-sunken px-1.5 py-0.5 text-center text-sm"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
