import { Bot, CircleCheck, Clock } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import { pictureAddress } from "~/modules/chats";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import { Avatar } from "~/ui/avatar";
import type { Tab, TabKind } from "./tab";

type Kind<T extends Tab> = {
  /** `search` is the inbox's view, which goes along with its tickets. */
  address: (tab: T, search: string) => string;
  /** Where one is once the last tab is closed. */
  list: (search: string) => string;
  icon: (tab: T) => ReactNode;
};

/** What is special to each kind of tab; the strip knows none of them. */
const kinds: { [K in TabKind]: Kind<Extract<Tab, { kind: K }>> } = {
  ticket: {
    address: ({ id }, search) => `/inbox/${id}${search}`,
    list: (search) => `/inbox${search}`,
    icon: (tab) => <TicketIcon state={tab.state} channel={tab.channel} />,
  },
  chat: {
    address: ({ id }) => `/chats/${id}`,
    list: () => "/chats",
    icon: ({ pictureOf, title, pictureId }) => (
      <Avatar id={pictureOf} name={title} image={pictureAddress(pictureId)} size="sm" />
    ),
  },
};

// Each row of the table takes its own kind of tab, which the compiler cannot follow from one to the other.
const kindOf = (tab: Tab) => kinds[tab.kind] as Kind<Tab>;

export const addressOf = (tab: Tab, search: string): string => kindOf(tab).address(tab, search);
export const listOf = (tab: Tab, search: string): string => kindOf(tab).list(search);
export const TabIcon = ({ tab }: { tab: Tab }) => (
  <span className="grid size-5 shrink-0 place-items-center [&>.rounded-full]:size-5! [&>.rounded-full]:text-[0.5625rem]!">
    {kindOf(tab).icon(tab)}
  </span>
);

type TicketIconProps = Pick<Extract<Tab, { kind: "ticket" }>, "state" | "channel">;

const stateIcons = {
  bot: <Bot aria-hidden className="size-4 text-river-text" />,
  snoozed: <Clock aria-hidden className="size-4 text-amber-text" />,
  closed: <CircleCheck aria-hidden className="size-4 text-ink-faint" />,
};

/** An open ticket shows by which channel it came; another, how it stands. */
function TicketIcon({ state, channel }: TicketIconProps) {
  const { t } = useTranslation();
  if (state === "open") return <ChannelIcon kind={channel} />;
  return (
    <span title={t(`ui.state.${state}`)} className="shrink-0">
      {stateIcons[state]}
      <span className="sr-only">{t(`ui.state.${state}`)}</span>
    </span>
  );
}
