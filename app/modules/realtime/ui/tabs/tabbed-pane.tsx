import type { FormEvent, ReactNode } from "react";
import { keyOf } from "./tab";
import { TabStrip } from "./tab-strip";
import { useTabs } from "./tabs-provider";

const writesMessage = (target: EventTarget) => target instanceof Element && target.matches("textarea[name=text]");

/** Where what is open is shown, below the strip. Who writes there keeps the tab. */
export function TabbedPane({ className, children }: { className: string; children: ReactNode }) {
  const { list, current, keep } = useTabs();
  const { preview } = list;
  const onInput = ({ target }: FormEvent) => {
    if (preview && keyOf(preview) === current && writesMessage(target)) keep(preview);
  };
  return (
    <div className={className} onInput={onInput}>
      <TabStrip />
      {children}
    </div>
  );
}
