import {
  AlarmClock,
  ArrowRightLeft,
  CheckCheck,
  Flag,
  Hand,
  Inbox,
  Lock,
  type LucideIcon,
  Send,
  Tag,
  TagsIcon,
  UserRound,
} from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "~/i18n/translation";
import type { MacroDesk } from "../../macros/macro";
import type { MacroDeed, MacroStep } from "../../macros/macro-step";

const ICONS: Record<MacroDeed, LucideIcon> = {
  reply: Send,
  note: Lock,
  add_tags: Tag,
  remove_tags: TagsIcon,
  priority: Flag,
  take: Hand,
  assign: UserRound,
  return: Inbox,
  transfer: ArrowRightLeft,
  snooze: AlarmClock,
  close: CheckCheck,
};

const TONES: Partial<Record<MacroDeed, string>> = {
  reply: "bg-bubble-own",
  note: "border border-amber border-dashed bg-amber-soft",
};

export function DeedIcon({ deed, className = "size-4" }: { deed: MacroDeed; className?: string }) {
  const Icon = ICONS[deed];
  return <Icon aria-hidden className={`shrink-0 ${className}`} />;
}

type Names = Pick<MacroDesk, "areas" | "members">;

/** What a step does, in words. */
export function useStepWords({ areas, members }: Names): (step: MacroStep) => string {
  const { t } = useTranslation();
  return useCallback(
    (step) => {
      const named = (list: Names["areas"], id: string) => list.find((one) => one.id === id)?.name ?? t("macros.gone");
      switch (step.do) {
        case "add_tags":
        case "remove_tags":
          return t(`macros.says.${step.do}`, { tags: step.tags.join(", ") });
        case "priority":
          return t("macros.says.priority", { priority: t(`inbox.priority.${step.priority}`) });
        case "assign":
          return t("macros.says.assign", { name: named(members, step.member_id) });
        case "transfer":
          return t("macros.says.transfer", { name: named(areas, step.area_id) });
        case "snooze":
          return t("macros.says.snooze", { until: t(`inbox.snooze.${step.until}`) });
        case "close": {
          const { reason } = step;
          const words = reason && t([`ticket.close.reasons.${reason}`, "macros.says.reason"], { reason });
          const closes = words ? t("macros.says.closeAs", { reason: words }) : t("macros.deeds.close");
          return step.ask_rating ? t("macros.says.rated", { closes }) : closes;
        }
        default:
          return t(`macros.deeds.${step.do}`);
      }
    },
    [areas, members, t],
  );
}

type StepListProps = Names & {
  steps: readonly MacroStep[];
  /** The text as it will read, where that is known. */
  fill?: (text: string) => string;
};

/** The steps of a macro, in order, as they will be done. */
export function StepList({ steps, fill = (text) => text, ...names }: StepListProps) {
  const words = useStepWords(names);
  let at = 0;
  return (
    <ol className="grid gap-2">
      {steps.map((step) => (
        <li key={`${++at} ${step.do}`} className="grid grid-cols-[1.75rem_1fr] items-start gap-2">
          <span className="grid size-7 place-items-center rounded-full bg-sunken text-ink-soft">
            <DeedIcon deed={step.do} />
          </span>
          <span className="min-w-0 pt-1">
            <span className="wrap-anywhere">{words(step)}</span>
            {"text" in step && (
              <span
                dir="auto"
                className={`wrap-anywhere mt-1 block w-fit max-w-full whitespace-pre-line rounded-md px-3 py-1.5 text-sm ${TONES[step.do] ?? ""}`}
              >
                {fill(step.text)}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
