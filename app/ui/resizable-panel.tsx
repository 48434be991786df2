import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { rememberPanelWidth } from "./panel-widths";

type ResizablePanelProps = {
  /** Its name in the cookie; lower-case letters and dashes. */
  name: string;
  /** Its name for people, already translated. */
  label: string;
  /** On which side of the panel the handle is. */
  handle: "end" | "start";
  /** The width it was left with, from panelWidthsOf in the loader. Pixels, like the others. */
  width?: number;
  standard?: number;
  min?: number;
  max?: number;
  className?: string;
  children: ReactNode;
};

const STEP_PX = 16;

/** A panel whose width a person sets by dragging or with the arrow keys, and finds again. Full width on a phone. */
export function ResizablePanel(props: ResizablePanelProps) {
  const { label, handle, className = "", children } = props;
  const { t } = useTranslation();
  const { width, min, max, ...handlers } = useResizing(props);
  return (
    <div
      className={`relative flex min-w-0 shrink-0 flex-col max-md:w-full! ${className}`}
      style={{ width: `${width}px` }}
    >
      {children}
      {/* biome-ignore lint/a11y/useSemanticElements: a line between paragraphs is not a handle. */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={t("ui.resizePanel", { name: label })}
        aria-valuenow={width}
        aria-valuemin={min}
        aria-valuemax={max}
        tabIndex={0}
        {...handlers}
        className={`absolute inset-y-0 z-10 w-2 cursor-col-resize touch-none transition-colors after:absolute after:inset-y-0 after:left-1/2 after:w-px after:bg-line hover:after:bg-accent focus-visible:after:bg-focus max-md:hidden ${handle === "end" ? "-right-1" : "-left-1"}`}
      />
    </div>
  );
}

/** The panel's width, its limits, and what the handle does to it. */
function useResizing({ name, handle, width: left, standard = 320, min = 240, max = 520 }: ResizablePanelProps) {
  const clamp = (to: number) => Math.min(max, Math.max(min, Math.round(to)));
  const [width, setWidth] = useState(() => clamp(left ?? standard));
  const drag = useRef<{ x: number; width: number } | null>(null);
  const grows = handle === "end" ? 1 : -1;
  const settle = (to: number) => {
    setWidth(clamp(to));
    rememberPanelWidth(name, clamp(to));
  };
  const release = () => {
    if (drag.current) rememberPanelWidth(name, width);
    drag.current = null;
  };
  return {
    width,
    min,
    max,
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, width };
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag.current) setWidth(clamp(drag.current.width + (event.clientX - drag.current.x) * grows));
    },
    onPointerUp: release,
    onPointerCancel: release,
    onDoubleClick: () => settle(standard),
    onKeyDown: (event: KeyboardEvent) => {
      const step = STEP_PX * grows;
      const keys = { ArrowRight: width + step, ArrowLeft: width - step, Home: min, End: max, Enter: standard };
      if (!Object.hasOwn(keys, event.key)) return;
      event.preventDefault();
      settle(keys[event.key as keyof typeof keys]);
    },
  };
}
