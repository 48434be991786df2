import { Link, useFetcher } from "@remix-run/react";
import { ArrowLeft, ExternalLink, Search } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "~/i18n/translation";
import type { ChatDetails } from "~/modules/chats/index.server";
import { PeopleChat } from "~/modules/realtime/ui/chat/people-chat";
import type { Draft, ScheduledMessage, Thread } from "~/modules/tickets/index.server";
import { IconButton } from "~/ui/icon-button";
import { ErrorState } from "~/ui/state/error-state";
import { Spinner } from "~/ui/state/spinner";

/** What the page of a chat loads. */
type Loaded = {
  chat: ChatDetails | null;
  thread: Thread;
  draft: Draft;
  scheduled: ScheduledMessage[];
};

type SidePanelProps = { threadId: string; accountId: string; onClose: () => void };

/** A side thread beside its ticket; where there is no room beside, over it, with a way back. */
export function SidePanel({ threadId, accountId, onClose }: SidePanelProps) {
  const { t } = useTranslation();
  const { load, data, state } = useFetcher<Loaded>({ key: `side-${threadId}` });
  const address = `/chats/${threadId}`;
  // Again where a press of the page's own broke the first off.
  useEffect(() => {
    if (state === "idle" && !data) load(address);
  }, [state, data, load, address]);
  const chat = data?.chat;
  const others = chat?.people.filter(({ id }) => id !== accountId).map(({ name }) => name);
  const header = (toggle?: () => void, searching = false) => (
    <header className="flex items-center gap-1 border-line border-b bg-surface px-2 py-2">
      <IconButton
        label={t("ticket.side.back")}
        icon={<ArrowLeft aria-hidden />}
        onClick={onClose}
        // The key that brought here was pressed elsewhere.
        autoFocus
      />
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-semibold">{t("ticket.side.title")}</h2>
        {others && <bdi className="block truncate text-ink-soft text-sm">{others.join(", ")}</bdi>}
      </div>
      {toggle && (
        <IconButton label={t("thread.search")} icon={<Search aria-hidden />} pressed={searching} onClick={toggle} />
      )}
      <Link
        to={address}
        aria-label={t("ticket.side.inChats")}
        title={t("ticket.side.inChats")}
        className="touch-target inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink"
      >
        <ExternalLink aria-hidden className="size-[1.125rem]" />
      </Link>
    </header>
  );
  return (
    <aside
      aria-label={t("ticket.side.title")}
      className="flex min-h-0 flex-col bg-surface max-xl:absolute max-xl:inset-0 max-xl:z-20 xl:w-[24rem] 2xl:w-[26rem] xl:shrink-0 xl:border-line xl:border-l"
    >
      {data && chat ? (
        <PeopleChat
          key={threadId}
          chat={chat}
          thread={data.thread}
          accountId={accountId}
          draft={data.draft}
          scheduled={data.scheduled}
          label={t("ticket.side.title")}
          header={({ toggle, searching }) => header(toggle, searching)}
        />
      ) : (
        <>
          {header()}
          <div className="m-auto p-6">{state === "idle" && data ? <ErrorState code="not_found" /> : <Spinner />}</div>
        </>
      )}
    </aside>
  );
}
