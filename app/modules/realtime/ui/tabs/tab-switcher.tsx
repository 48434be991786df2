import { Link } from "@remix-run/react";
import { Pin, RotateCcw, X } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { Dialog } from "~/ui/overlay/dialog";
import { TabIcon } from "./kinds";
import { isUnreadTab, keyOf, type Tab } from "./tab";
import { UnreadDot, useTabWords } from "./tab-item";
import { allTabs } from "./tab-list";
import { useTabs } from "./tabs-provider";

/** The tabs on a phone: how many there are, and behind that all of them. */
export function TabSwitcher() {
  const { t } = useTranslation();
  const { list, current, deeds } = useTabs();
  const tabs = allTabs(list);
  const news = tabs.some((tab) => keyOf(tab) !== current && isUnreadTab(tab));
  const trigger = (
    <button
      type="button"
      aria-label={[t("tabs.count", { count: tabs.length }), news && t("tabs.unread")].filter(Boolean).join(", ")}
      className="touch-target relative inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink"
    >
      <span
        aria-hidden
        className="grid size-5 place-items-center rounded-sm border-2 border-current font-semibold text-xs"
      >
        {tabs.length}
      </span>
      {news && (
        <span
          aria-hidden
          className="absolute end-1.5 top-1.5 size-2.5 rounded-full border-2 border-surface bg-accent"
        />
      )}
    </button>
  );
  return (
    <span className="md:hidden">
      <Dialog title={t("tabs.title")} shape="sheet" trigger={trigger}>
        {(closeSheet) => (
          <div className="grid gap-3 pb-[env(safe-area-inset-bottom)]">
            <ul className="-mx-2 grid">
              {tabs.map((tab) => (
                <SheetRow key={keyOf(tab)} tab={tab} onGo={closeSheet} />
              ))}
            </ul>
            <div className="flex flex-wrap gap-2">
              <Button
                icon={<RotateCcw aria-hidden className="size-4" />}
                disabled={!deeds.canReopen()}
                onClick={() => {
                  closeSheet();
                  deeds.reopen();
                }}
              >
                {t("tabs.reopen")}
              </Button>
              <Button disabled={tabs.length < 2} onClick={deeds.closeOthers}>
                {t("tabs.closeOthers")}
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </span>
  );
}

function SheetRow({ tab, onGo }: { tab: Tab; onGo: () => void }) {
  const { t } = useTranslation();
  const { list, current, deeds } = useTabs();
  const words = useTabWords()(tab);
  const preview = tab === list.preview;
  const here = keyOf(tab) === current;
  const close = () => {
    deeds.close(tab);
    if (here) onGo();
  };
  return (
    <li className="flex items-center">
      <Link
        to={deeds.addressOf(tab)}
        onClick={onGo}
        aria-current={here ? "page" : undefined}
        className="flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-sm px-2 hover:bg-hover aria-[current]:font-medium aria-[current]:text-accent-text"
      >
        <TabIcon tab={tab} />
        <bdi className={`min-w-0 truncate ${preview ? "italic" : ""}`}>{tab.title}</bdi>
        {words && <span className="shrink-0 text-ink-faint text-sm">{words}</span>}
        {!here && isUnreadTab(tab) && <UnreadDot />}
      </Link>
      {preview && (
        <IconButton
          label={t("tabs.keepThis", { title: tab.title })}
          icon={<Pin aria-hidden />}
          onClick={() => deeds.keep(tab)}
        />
      )}
      <IconButton label={t("tabs.close", { title: tab.title })} icon={<X aria-hidden />} onClick={close} />
    </li>
  );
}
