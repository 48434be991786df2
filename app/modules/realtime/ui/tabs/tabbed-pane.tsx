import type { FormEvent, ReactNode } from "react";
import { findTab } from "./tab-list";
import { TabStrip } from "./tab-strip";
import { useTabs } from "./tabs-provider";

const writesMessage = (target: EventTarget) => target instanceof Element && target.matches("textarea[name=text]");

/** Where what is open is shown, below the strip. Who writes there keeps the tab. */
export function TabbedPane({ className, children }: { className: string; children: ReactNode }) {
  const { list, current, keep } = useTabs();
  const onInput = ({ target }: FormEvent) => {
    const tab = current ? findTab(list, current) : null;
    if (tab && writesMessage(target)) keep(tab);
  };
  return (
    <div className={className} onInput={onInput}>
      <TabStrip />
      {children}
    </div>
  );
}
