import { Clock, ListChecks, RotateCcw, Server, SlidersHorizontal, Undo2 } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { CHANNEL_KINDS, type ChannelKind } from "~/modules/channels";
import { useChannelName } from "~/modules/tickets/ui/channel-icon";
import { formatSpan } from "~/ui/format/format-span";
import { Select } from "~/ui/forms/select";
import { IconButton } from "~/ui/icon-button";
import { Menu, MenuItem } from "~/ui/overlay/menu";
import { secondsToTimer } from "../../simulator/simulation";
import { useNextTimer } from "./use-happening";
import { channelOf, type SimulationControl } from "./use-simulation";

export type SimulatorView = "chat" | "situation" | "server" | "scenarios";

type SimulatorHeadProps = {
  control: SimulationControl;
  view: SimulatorView;
  onView: (view: SimulatorView) => void;
};

const SPANS = [60, 3600, 24 * 3600];

/** The simulator's own line: where the customer writes, the clock, back, anew, and what else can be opened. */
export function SimulatorHead({ control, view, onView }: SimulatorHeadProps) {
  const { t } = useTranslation();
  const nameOf = useChannelName();
  const toggle = (other: SimulatorView) => onView(view === other ? "chat" : other);
  return (
    <div className="flex flex-wrap items-center gap-0.5 border-line border-b bg-surface px-3 py-1.5">
      <Select
        label={t("bots.simulator.channel")}
        hideLabel
        className="me-auto min-w-32 flex-1 pointer-coarse:basis-full"
        value={channelOf(control)}
        onChange={(event) => control.restart({ channel: event.currentTarget.value as ChannelKind })}
      >
        {CHANNEL_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {nameOf(kind)}
          </option>
        ))}
      </Select>
      <TimeMenu control={control} />
      <IconButton
        label={t("bots.simulator.back")}
        icon={<Undo2 aria-hidden />}
        disabled={!control.back}
        onClick={() => control.back?.()}
      />
      <IconButton
        label={t("bots.simulator.restart")}
        icon={<RotateCcw aria-hidden />}
        onClick={() => control.restart()}
      />
      <IconButton
        label={t("bots.simulator.situation")}
        icon={<SlidersHorizontal aria-hidden />}
        pressed={view === "situation"}
        onClick={() => toggle("situation")}
      />
      <IconButton
        label={t("bots.simulator.server.title")}
        icon={<Server aria-hidden />}
        pressed={view === "server"}
        onClick={() => toggle("server")}
      />
      <IconButton
        label={t("bots.scenarios.title")}
        icon={<ListChecks aria-hidden />}
        pressed={view === "scenarios"}
        onClick={() => toggle("scenarios")}
      />
    </div>
  );
}

function TimeMenu({ control }: { control: SimulationControl }) {
  const { t, i18n } = useTranslation();
  const next = useNextTimer(control.simulation);
  const seconds = secondsToTimer(control.simulation);
  return (
    <Menu
      trigger={<IconButton label={t("bots.simulator.time")} icon={<Clock aria-hidden />} />}
      onAction={(id) => control.perform({ do: "wait", seconds: id === "timer" ? (seconds ?? 0) : Number(id) })}
    >
      {SPANS.map((span) => (
        <MenuItem key={span} id={String(span)}>
          {t("bots.simulator.forward", { span: formatSpan(span, i18n.language) })}
        </MenuItem>
      ))}
      {next !== null && seconds !== null && seconds > 0 && (
        <MenuItem id="timer">{t("bots.simulator.toTimer", { span: next })}</MenuItem>
      )}
    </Menu>
  );
}
