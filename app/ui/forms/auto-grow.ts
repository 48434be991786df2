import { type RefObject, useEffect } from "react";

/**
 * Makes a textarea as tall as its text where the browser cannot do it by itself (`field-sizing: content`). The limits are
 * the element's own min-height and max-height.
 */
export function useAutoGrow(ref: RefObject<HTMLTextAreaElement | null>, value?: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a controlled value changes the height without an input event.
  useEffect(() => {
    const area = ref.current;
    if (!area || CSS.supports("field-sizing", "content")) return;
    const measure = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
    };
    measure();
    area.addEventListener("input", measure);
    return () => area.removeEventListener("input", measure);
  }, [ref, value]);
}
