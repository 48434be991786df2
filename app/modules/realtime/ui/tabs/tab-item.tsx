import { Link } from "@remix-run/react";
import { X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "~/i18n/translation";
import { TabIcon } from "./kinds";
import { isUnreadTab, keyOf, type Tab } from "./tab";

/** What is read out and shown under the pointer beside a tab's name. */
export function useTabWords() {
  const { t } = useTranslation();
  return (tab: Tab) => (tab.kind === "ticket" ? t("ticket.number", { number: tab.number }) : null);
}

export function UnreadDot() {
  const { t } = useTranslation();
  return (
    <span className="size-2 shrink-0 rounded-full bg-accent">
      <span className="sr-only">{t("tabs.unread")}</span>
    </span>
  );
}

type TabItemProps = {
  tab: Tab;
  to: string;
  current: boolean;
  preview: boolean;
  /** Being moved. */
  held: boolean;
  /** Whether the Tab key comes here: it comes to one of the strip. */
  reachable: boolean;
  onKeep: () => void;
  onClose: (byKey: boolean) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** One tab of the strip. */
export function TabItem(props: TabItemProps) {
  const { tab, to, current, preview, held, reachable, onKeep, onClose, onKeyDown } = props;
  const { t } = useTranslation();
  const words = useTabWords()(tab);
  const tip = [tab.title, words, preview && t("tabs.previewHint")].filter(Boolean).join(" · ");
  return (
    <li
      data-tab={keyOf(tab)}
      data-current={current || undefined}
      className={`group relative flex w-48 min-w-36 shrink border-line border-e hover:bg-hover data-current:bg-canvas ${held ? "z-10 opacity-80 shadow-float" : ""}`}
      onMouseDown={(event) => {
        // Without this the middle button begins to scroll.
        if (event.button === 1) event.preventDefault();
      }}
      onAuxClick={(event) => {
        if (event.button !== 1) return;
        event.preventDefault();
        onClose(false);
      }}
    >
      <Link
        to={to}
        title={tip}
        draggable={false}
        tabIndex={reachable ? undefined : -1}
        aria-current={current ? "page" : undefined}
        onDoubleClick={onKeep}
        onKeyDown={onKeyDown}
        className="flex min-w-0 flex-1 select-none items-center gap-2 py-2 ps-3 pe-3 text-ink-soft group-focus-within:pe-9 group-hover:pe-9 aria-[current]:pe-9 pointer-coarse:pe-11 outline-offset-[-2px] aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-[inset_0_2px_0_var(--color-accent)]"
      >
        <TabIcon tab={tab} />
        <bdi className={`min-w-0 flex-1 truncate ${preview ? "italic" : ""}`}>{tab.title}</bdi>
        {words && <span className="sr-only">{words}</span>}
        {preview && <span className="sr-only">{t("tabs.preview")}</span>}
        {!current && isUnreadTab(tab) && <UnreadDot />}
      </Link>
      <CloseButton title={tab.title} onClose={onClose} />
    </li>
  );
}

/** Seen where the pointer or the focus is; the keys have Delete for it. */
function CloseButton({ title, onClose }: { title: string } & Pick<TabItemProps, "onClose">) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t("tabs.close", { title })}
      title={t("tabs.close", { title })}
      onClick={(event) => onClose(event.detail === 0)}
      className="absolute inset-y-0 end-0 my-auto me-1.5 grid size-6 place-items-center rounded-sm text-ink-soft opacity-0 hover:bg-line hover:text-ink focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 group-data-current:opacity-100 pointer-coarse:me-0 pointer-coarse:size-10 pointer-coarse:opacity-100"
    >
      <X aria-hidden className="size-4" />
    </button>
  );
}
