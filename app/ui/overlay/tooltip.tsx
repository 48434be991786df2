import type { ReactElement, ReactNode } from "react";
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from "react-aria-components";

type TooltipProps = {
  /** Adds to the trigger's own label; never the only place where something is said, since fingers do not hover. */
  text: ReactNode;
  placement?: "top" | "bottom" | "left" | "right";
  /** One element that can hold the focus and a ref, such as a Button. */
  children: ReactElement<Record<string, unknown>, string>;
};

export function Tooltip({ text, placement = "top", children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      <Focusable>{children}</Focusable>
      <AriaTooltip
        placement={placement}
        offset={6}
        className="enter-float max-w-64 rounded-sm bg-ink px-2 py-1 text-canvas text-sm shadow-float"
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
