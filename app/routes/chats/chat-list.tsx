import { Form, Link } from "@remix-run/react";
import { AtSign, BellOff, MessagesSquare, Pin, Search, Star, UsersRound } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { pictureAddress } from "~/modules/chats";
import { noticeText } from "~/modules/chats/ui/notice-text";
import { tabOfChat } from "~/modules/realtime/ui/tabs/tab";
import { useTabs } from "~/modules/realtime/ui/tabs/tabs-provider";
import { Avatar } from "~/ui/avatar";
import { Badge, CountBadge } from "~/ui/badge";
import { Button, buttonClass } from "~/ui/button";
import { wordsOf } from "~/ui/conversation/attachments/file-words";
import { DraftWords } from "~/ui/conversation/later/draft-words";
import { TextField } from "~/ui/forms/text-field";
import { IconLink } from "~/ui/icon-link";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { When } from "~/ui/time";
import type { ChatEntry } from "./chat-entries";

type ChatListProps = {
  chats: readonly ChatEntry[];
  current: string | undefined;
  /** What was looked for, and who nobody is. */
  unknown?: string;
  /** The reader belongs to no organisation, and may have come to open one. */
  alone: boolean;
};

/** The account's chats, the newest first, and the way to a new one. */
export function ChatList({ chats, current, unknown, alone }: ChatListProps) {
  const { t } = useTranslation();
  const shown = chats.filter((chat) => !chat.archived);
  const archived = chats.filter((chat) => chat.archived);
  return (
    <>
      <PageHeader
        title={t("chat.title")}
        actions={
          <>
            <IconLink to="/chats/search" label={t("marks.search.title")} icon={<Search />} />
            <IconLink to="/chats/starred" label={t("marks.starred.title")} icon={<Star />} />
            <Link to="/chats/new" className={buttonClass("quiet")}>
              <UsersRound aria-hidden className="size-4" />
              {t("chat.newGroup")}
            </Link>
          </>
        }
      />
      <Form method="post" action="/chats" className="border-line border-b px-4 py-3">
        <TextField
          name="who"
          label={t("chat.handle")}
          placeholder={t("chat.handlePlaceholder")}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          defaultValue={unknown}
          error={unknown ? t("chat.unknown") : undefined}
          end={<Button type="submit">{t("chat.open")}</Button>}
        />
      </Form>
      {chats.length === 0 ? (
        <EmptyState
          icon={<MessagesSquare />}
          title={t("chat.empty")}
          text={t("chat.emptyHint")}
          action={
            alone && (
              <Link to="/organisations/new" className={buttonClass("quiet")}>
                {t("settings.organisations.create")}
              </Link>
            )
          }
        />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Rows chats={shown} current={current} />
          {archived.length > 0 && (
            <details open={archived.some((chat) => chat.id === current)} className="border-line border-t">
              <summary className="min-h-11 cursor-pointer px-4 py-3 text-ink-soft text-sm hover:bg-hover">
                {t("chat.archived")} ({archived.length})
              </summary>
              <Rows chats={archived} current={current} />
            </details>
          )}
        </div>
      )}
    </>
  );
}

const Rows = ({ chats, current }: Pick<ChatListProps, "chats" | "current">) => (
  <ul>
    {chats.map((chat) => (
      <ChatRow key={chat.id} chat={chat} current={chat.id === current} />
    ))}
  </ul>
);

function ChatRow({ chat, current }: { chat: ChatEntry; current: boolean }) {
  const { t } = useTranslation();
  const { keep } = useTabs();
  return (
    <li>
      <Link
        to={`/chats/${chat.id}`}
        onDoubleClick={() => keep(tabOfChat(chat))}
        aria-current={current ? "page" : undefined}
        className="flex min-h-16 items-center gap-3 px-4 py-2 hover:bg-hover aria-[current]:bg-accent-soft"
      >
        <Avatar id={chat.pictureOf} name={chat.title} image={pictureAddress(chat.pictureId)} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <bdi className="min-w-0 flex-1 truncate font-medium">{chat.title}</bdi>
            {chat.last && <When at={chat.last.at} className="text-ink-soft text-xs" />}
          </span>
          <span className="flex items-center gap-2">
            <span dir="auto" className="min-w-0 flex-1 truncate text-ink-soft text-sm">
              {chat.draft && !current ? <DraftWords text={chat.draft} /> : <LastWords chat={chat} />}
            </span>
            {chat.muted && (
              <BellOff role="img" aria-label={t("chat.muted")} className="size-4 shrink-0 text-ink-faint" />
            )}
            {chat.pinned && <Pin role="img" aria-label={t("chat.pinned")} className="size-4 shrink-0 text-ink-faint" />}
            {!chat.accepted && <Badge tone="accent">{t("chat.request")}</Badge>}
            {chat.mentioned && !current && (
              <AtSign role="img" aria-label={t("marks.mention.unread")} className="size-4 shrink-0 text-accent-text" />
            )}
            {!current && <CountBadge count={chat.unread} />}
          </span>
        </span>
      </Link>
    </li>
  );
}

function LastWords({ chat: { last, handle } }: { chat: ChatEntry }) {
  const { t, i18n } = useTranslation();
  if (!last) return handle ? `@${handle}` : null;
  if (last.notice) return noticeText(t, last.notice, i18n.language);
  const text = wordsOf(t, last.text, last.file) || t(last.card ? "ticket.card" : "inbox.noText");
  if (last.own) return t("chat.lastOwn", { text });
  return last.author ? t("chat.lastOf", { name: last.author, text }) : text;
}
