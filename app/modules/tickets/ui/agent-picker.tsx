import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Avatar } from "~/ui/avatar";
import { agentsFor, type PickedAgent, plain } from "./agents-for";

type AgentPickerProps = {
  agents: readonly PickedAgent[];
  areas: readonly { id: string; name: string }[];
  label: string;
  /** Who stands chosen. */
  value?: string | null;
  /** Choices above the people, such as nobody. */
  others?: readonly { id: string; name: string; icon: ReactNode }[];
  onPick: (id: string) => void;
};

/** Chooses a colleague by name or area: who is there first, then who has less to do. Arrows and Enter work from the search. */
export function AgentPicker({ agents, areas, label, value, others = [], onPick }: AgentPickerProps) {
  const { t } = useTranslation();
  const id = useId();
  const [q, setQ] = useState("");
  const [areaId, setAreaId] = useState("");
  const [at, setAt] = useState(0);
  const people = agentsFor(agents, areas, { q, areaId });
  const offered = others.filter(({ name }) => plain(name).includes(plain(q.trim())));
  const options = [...offered.map(({ id: key }) => key), ...people.map((one) => one.id)];
  const current = Math.min(at, options.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const chosen = options[current];
    if (step !== 0) setAt(Math.max(0, Math.min(options.length - 1, current + step)));
    else if (event.key === "Enter" && chosen) onPick(chosen);
    else return;
    event.preventDefault();
  };
  const optionOf = (key: string, content: ReactNode) => {
    const place = options.indexOf(key);
    return (
      <button
        key={key}
        type="button"
        role="option"
        tabIndex={-1}
        id={`${id}-${place}`}
        aria-selected={key === value}
        onClick={() => onPick(key)}
        className={`flex min-h-9 w-full items-center gap-2.5 rounded-sm px-2 py-1 text-start hover:bg-hover aria-selected:bg-accent-soft pointer-coarse:min-h-11 ${place === current ? "bg-hover" : ""}`}
      >
        {content}
      </button>
    );
  };
  return (
    <div className="grid min-w-0 gap-2">
      <div className="flex gap-2">
        <div className="relative min-w-0 flex-1">
          <Search
            aria-hidden
            className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-faint"
          />
          <input
            type="search"
            role="combobox"
            aria-expanded
            aria-controls={`${id}-list`}
            aria-activedescendant={options.length > 0 ? `${id}-${current}` : undefined}
            aria-label={t("inbox.picker.search")}
            placeholder={t("inbox.picker.search")}
            value={q}
            onChange={(event) => {
              setQ(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            className="control pl-8!"
          />
        </div>
        {areas.length > 1 && (
          <select
            aria-label={t("inbox.area")}
            value={areaId}
            onChange={(event) => setAreaId(event.currentTarget.value)}
            className="control w-28!"
          >
            <option value="">{t("inbox.allAreas")}</option>
            {areas.map((area) => (
              <option key={area.id} value={area.id}>
                {area.name}
              </option>
            ))}
          </select>
        )}
      </div>
      <div role="listbox" id={`${id}-list`} aria-label={label} className="max-h-64 overflow-y-auto">
        {offered.map(({ id: key, name, icon }) => optionOf(key, <OtherLine icon={icon}>{name}</OtherLine>))}
        {people.map((one) => optionOf(one.id, <AgentLine agent={one} areas={areas} />))}
      </div>
      {options.length === 0 && <p className="px-2 text-ink-soft text-sm">{t("ticket.transfer.noAgent")}</p>}
    </div>
  );
}

const OtherLine = ({ icon, children }: { icon: ReactNode; children: string }) => (
  <>
    <span className="flex size-6 shrink-0 items-center justify-center text-ink-soft [&_svg]:size-4">{icon}</span>
    {children}
  </>
);

function AgentLine({ agent, areas }: { agent: PickedAgent; areas: AgentPickerProps["areas"] }) {
  const { t } = useTranslation();
  const names = areas.filter(({ id }) => agent.areaIds.includes(id)).map(({ name }) => name);
  return (
    <>
      <Avatar id={agent.id} name={agent.name} size="sm" />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate">{agent.name}</bdi>
        <span className="block truncate text-ink-soft text-xs">
          <span className={agent.availability === "away" ? "text-amber-text" : "text-jungle-text"}>
            {t(`settings.availability.${agent.availability}`)}
          </span>
          {names.length > 0 && ` · ${names.join(", ")}`} · {t("ticket.transfer.load", { count: agent.open })}
        </span>
      </span>
    </>
  );
}
