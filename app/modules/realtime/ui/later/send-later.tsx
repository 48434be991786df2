import { ChevronUp } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { inAnHour, tomorrowAtNine } from "~/ui/conversation/later/send-times";
import { IconButton } from "~/ui/icon-button";
import { Menu, MenuItem } from "~/ui/overlay/menu";
import { SendTimeDialog } from "./send-time-dialog";

/** Beside the button that sends: other times to send at. */
export function SendLater({ onPick, disabled }: { onPick: (at: Date) => void; disabled?: boolean }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const pick = (id: string) => {
    if (id === "hour") onPick(inAnHour(new Date()));
    else if (id === "tomorrow") onPick(tomorrowAtNine(new Date()));
    else setAsking(true);
  };
  return (
    <>
      <Menu
        placement="top end"
        trigger={<IconButton label={t("later.send.menu")} icon={<ChevronUp aria-hidden />} disabled={disabled} />}
        onAction={pick}
      >
        <MenuItem id="hour">{t("later.send.inAnHour")}</MenuItem>
        <MenuItem id="tomorrow">{t("later.send.tomorrow")}</MenuItem>
        <MenuItem id="pick">{t("later.send.pick")}</MenuItem>
      </Menu>
      {asking && (
        <SendTimeDialog
          title={t("later.send.menu")}
          at={tomorrowAtNine(new Date())}
          onClose={() => setAsking(false)}
          onPick={onPick}
        />
      )}
    </>
  );
}
