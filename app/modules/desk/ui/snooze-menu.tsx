import { AlarmClock, CalendarClock, Sun } from "lucide-react";
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { formatDate } from "~/ui/format/format-dates";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";
import { Menu, MenuDivider, MenuItem } from "~/ui/overlay/menu";
import { useDateReader, useNow } from "~/ui/time";
import { momentIn, snoozeTimes } from "./snooze-times";

type SnoozeMenuProps = {
  trigger: ReactElement<Record<string, unknown>, string>;
  /** Whether there is something to wake. */
  asleep: boolean;
  /** RFC 3339; null wakes. */
  onSnooze: (until: string | null) => void;
};

/** Until when tickets leave the lists of what is to be done, by the organisation's clock. */
export function SnoozeMenu({ trigger, asleep, onSnooze }: SnoozeMenuProps) {
  const { t } = useTranslation();
  const reader = useDateReader();
  const now = new Date(useNow());
  const [choosing, setChoosing] = useState(false);
  const times = snoozeTimes(now, reader.timeZone);
  const onAction = (key: string) => {
    if (key === "pick") return setChoosing(true);
    if (key === "wake") return onSnooze(null);
    // Counted from the press, not from when the menu was drawn.
    const time = snoozeTimes(new Date(), reader.timeZone).find(({ name }) => name === key);
    if (time) onSnooze(time.at.toISOString());
  };
  return (
    <>
      <Menu trigger={trigger} label={t("inbox.snooze.title")} onAction={onAction}>
        {asleep && (
          <MenuItem id="wake" icon={<Sun aria-hidden />}>
            {t("inbox.snooze.wake")}
          </MenuItem>
        )}
        {asleep && <MenuDivider />}
        {times.map(({ name, at }) => (
          <MenuItem
            key={name}
            id={name}
            icon={<AlarmClock aria-hidden />}
            end={formatDate(at.getTime(), "time", reader)}
          >
            {t(`inbox.snooze.${name}`)}
          </MenuItem>
        ))}
        <MenuItem id="pick" icon={<CalendarClock aria-hidden />}>
          {t("inbox.snooze.pick")}
        </MenuItem>
      </Menu>
      <Dialog title={t("inbox.snooze.pick")} size="sm" open={choosing} onOpenChange={setChoosing}>
        {(close) => <MomentForm onPick={onSnooze} close={close} />}
      </Dialog>
    </>
  );
}

function MomentForm({ onPick, close }: { onPick: (until: string) => void; close: () => void }) {
  const { t } = useTranslation();
  const { timeZone } = useDateReader();
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const at = momentIn(String(form.get("day")), String(form.get("hour")), timeZone);
    if (!(at.getTime() > Date.now())) return setProblem(t("inbox.snooze.past"));
    onPick(at.toISOString());
    close();
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextField type="date" name="day" label={t("inbox.snooze.day")} required error={problem} />
      <TextField type="time" name="hour" label={t("inbox.snooze.hourOfDay")} defaultValue="09:00" required />
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary">
          {t("inbox.snooze.action")}
        </Button>
      </div>
    </form>
  );
}
