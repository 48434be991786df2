import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
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
  const { name, label, handle, standard = 320, min = 240, max = 520, className = "", children } = props;
  const { t } = useTranslation();
  const [width, setWidth] = useState(() => Math.min(max, Math.max(min, props.width ?? standard)));
  const drag = useRef<{ x: number; width: number } | null>(null);
  const grows = handle === "end" ? 1 : -1;

  const resize = (to: number) => {
    const fitted = Math.min(max, Math.max(min, Math.round(to)));
    setWidth(fitted);
    return fitted;
  };
  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) resize(drag.current.width + (event.clientX - drag.current.x) * grows);
  };
  const onPointerUp = () => {
    if (drag.current) rememberPanelWidth(name, width);
    drag.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: width + STEP_PX * grows,
      ArrowLeft: width - STEP_PX * grows,
      Home: min,
      End: max,
      Enter: standard,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    rememberPanelWidth(name, resize(to));
  };

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
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onDoubleClick={() => rememberPanelWidth(name, resize(standard))}
        onKeyDown={onKeyDown}
        className={`absolute inset-y-0 z-10 w-2 cursor-col-resize touch-none transition-colors after:absolute after:inset-y-0 after:left-1/2 after:w-px after:bg-line hover:after:bg-accent focus-visible:after:bg-focus max-md:hidden ${handle === "end" ? "-right-1" : "-left-1"}`}
      />
    </div>
  );
}
