import { useTranslation } from "~/i18n/translation";
import { Dialog } from "~/ui/overlay/dialog";
import { SHORTCUT_PLACES, SHORTCUTS } from "./shortcuts";

type ShortcutsDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** What the keys do, by where they do it. */
export default function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const { t } = useTranslation();
  const command = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
  const names: Record<string, string> = { Ctrl: command, Del: t("tabs.shortcuts.deleteKey") };
  return (
    <Dialog title={t("inbox.shortcuts.title")} size="sm" open={open} onOpenChange={onOpenChange}>
      <div className="grid gap-4">
        {SHORTCUT_PLACES.map((place) => (
          <section key={place} aria-labelledby={`shortcuts-${place}`}>
            <h3 id={`shortcuts-${place}`} className="pb-1 font-medium text-ink-soft text-sm">
              {t(`palette.places.${place}`)}
            </h3>
            <dl className="grid gap-2">
              {SHORTCUTS.filter((one) => one.place === place).map(({ keys, words }) => (
                <div key={words} className="flex items-center justify-between gap-4">
                  <dt className="order-2 flex shrink-0 gap-1">
                    {keys.map((key) => (
                      <kbd
                        key={key}
                        className="min-w-6 rounded-sm border border-line-mid bg-sunken px-1.5 py-0.5 text-center text-sm"
                      >
                        {names[key] ?? key}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{t(words)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
