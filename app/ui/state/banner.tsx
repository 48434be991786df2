import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  info: "bg-river-soft text-river-text",
  warning: "bg-amber-soft text-amber-text",
  danger: "bg-danger-soft text-danger-text",
};

type BannerProps = {
  tone?: keyof typeof tones;
  icon?: ReactNode;
  /** What can be done about it: a link or a button. */
  action?: ReactNode;
  children: ReactNode;
};

/** One line across the top about the whole screen; stays until its cause is gone. */
export function Banner({ tone = "info", icon, action, children }: BannerProps) {
  return (
    <div
      role="status"
      className={`flex min-h-9 items-center justify-center gap-2 px-4 py-1.5 text-sm ${tones[tone]} [&_svg]:size-4 [&_svg]:shrink-0`}
    >
      {icon ?? (tone === "info" ? <Info aria-hidden /> : <TriangleAlert aria-hidden />)}
      <p>
        {children}
        {action && <span className="ml-2 font-medium underline underline-offset-2">{action}</span>}
      </p>
    </div>
  );
}
