import { useTranslation } from "~/i18n/translation";
import { Dialog } from "~/ui/overlay/dialog";
import type { Refused } from "./use-change-tickets";

/** Which tickets stayed as they were, and why. */
export function RefusedDialog({ refused, onClose }: { refused: Refused; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t("inbox.bulk.refused", { count: refused.length })}
      size="sm"
      open={refused.length > 0}
      onOpenChange={(open) => !open && onClose()}
    >
      <ul className="grid gap-2">
        {refused.map(({ id, number, code, step, name = "" }) => (
          <li key={id} className="grid grid-cols-[4rem_1fr] gap-2">
            <span className="tabular-nums text-ink-soft">{number === null ? "—" : `#${number}`}</span>
            <span>
              {step !== undefined && `${t("macros.atStep", { step })} `}
              {t([`errors.${code}`, "errors.unexpected"], { name, number: "" })}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
