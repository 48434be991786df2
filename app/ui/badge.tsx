import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";

export type Tone = "neutral" | "accent" | "jungle" | "river" | "amber" | "danger";

const tones: Record<Tone, string> = {
  neutral: "bg-hover text-ink-soft",
  accent: "bg-accent-soft text-accent-text",
  jungle: "bg-jungle-soft text-jungle-text",
  river: "bg-river-soft text-river-text",
  amber: "bg-amber-soft text-amber-text",
  danger: "bg-danger-soft text-danger-text",
};

/** A few words about the state of a thing. Never the only sign of it, and never something to press. */
export function Badge({ tone = "neutral", icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1 rounded-sm px-1.5 py-0.5 font-medium text-xs [&_svg]:size-3 [&_svg]:shrink-0 ${tones[tone]}`}
    >
      {icon}
      <bdi className="truncate">{children}</bdi>
    </span>
  );
}

const stateTones = { bot: "river", open: "jungle", closed: "neutral", snoozed: "amber" } as const;

/** A ticket's state. */
export function StateBadge({ state }: { state: keyof typeof stateTones }) {
  const { t } = useTranslation();
  const names = {
    bot: t("ui.state.bot"),
    open: t("ui.state.open"),
    closed: t("ui.state.closed"),
    snoozed: t("ui.state.snoozed"),
  };
  return <Badge tone={stateTones[state]}>{names[state]}</Badge>;
}

/** The area a ticket belongs to. */
export function AreaBadge({ name }: { name: string }) {
  return (
    <span className="inline-flex max-w-40 items-center rounded-sm border border-line-mid px-1.5 py-px text-ink-soft text-xs">
      <bdi className="truncate">{name}</bdi>
    </span>
  );
}

/** How many are unread; nothing when none. */
export function CountBadge({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count <= 0) return null;
  return (
    <span className="inline-flex h-[1.125rem] min-w-[1.125rem] items-center justify-center rounded-full bg-accent px-1 font-semibold text-on-fill text-xs tabular-nums">
      <span aria-hidden>{count > 999 ? "999+" : count}</span>
      <span className="sr-only">{t("ui.newBadge", { count })}</span>
    </span>
  );
}
