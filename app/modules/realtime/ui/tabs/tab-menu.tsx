import { ChevronDown, Pin, RotateCcw, X } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "~/ui/icon-button";
import { Menu, MenuDivider, MenuItem, MenuSection } from "~/ui/overlay/menu";
import { TabIcon } from "./kinds";
import { isUnreadTab, keyOf } from "./tab";
import { UnreadDot } from "./tab-item";
import { allTabs } from "./tab-list";
import { useTabs } from "./tabs-provider";

/** All that is open in one list, since not all may be in sight, and what can be done besides. */
export function TabMenu() {
  const { t } = useTranslation();
  const { list, current, deeds } = useTabs();
  const tabs = allTabs(list);
  const onAction = (id: string) => {
    if (id === "keep" && list.preview) deeds.keep(list.preview);
    if (id === "reopen") deeds.reopen();
    if (id === "others") deeds.closeOthers();
  };
  return (
    <div className="flex items-center px-1">
      <Menu
        label={t("tabs.title")}
        onAction={onAction}
        trigger={<IconButton label={t("tabs.menu")} icon={<ChevronDown aria-hidden />} />}
      >
        {tabs.length > 0 && (
          <MenuSection title={t("tabs.title")}>
            {tabs.map((tab) => (
              <MenuItem
                key={keyOf(tab)}
                id={keyOf(tab)}
                href={deeds.addressOf(tab)}
                icon={<TabIcon tab={tab} />}
                end={keyOf(tab) === current ? "✓" : isUnreadTab(tab) && <UnreadDot />}
                textValue={tab.title}
              >
                <bdi className={tab === list.preview ? "italic" : ""}>{tab.title}</bdi>
              </MenuItem>
            ))}
          </MenuSection>
        )}
        {tabs.length > 0 && <MenuDivider />}
        <MenuItem id="keep" icon={<Pin aria-hidden />} disabled={!list.preview}>
          {t("tabs.keep")}
        </MenuItem>
        <MenuItem id="reopen" icon={<RotateCcw aria-hidden />} disabled={!deeds.canReopen()}>
          {t("tabs.reopen")}
        </MenuItem>
        <MenuItem id="others" icon={<X aria-hidden />} disabled={tabs.length < 2}>
          {t("tabs.closeOthers")}
        </MenuItem>
      </Menu>
    </div>
  );
}
