import { Form, Link } from "@remix-run/react";
import { MessagesSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Avatar } from "~/ui/avatar";
import { CountBadge } from "~/ui/badge";
import { Button, buttonClass } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { When } from "~/ui/time";

type Chat = {
  conversation_id: string;
  organisation: { name: string; handle: string };
  last_text: string | null;
  last_at: string | null;
  unread: number;
};

type ChatListProps = {
  chats: Chat[];
  current: string | undefined;
  /** The handle that nobody has. */
  unknown?: string;
  /** The reader belongs to no organisation, and may have come to open one. */
  alone: boolean;
};

/** The account's chats, the newest first, and the way to a new one. */
export function ChatList({ chats, current, unknown, alone }: ChatListProps) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t("chat.title")} />
      <Form method="post" action="/chats" className="border-line border-b px-4 py-3">
        <TextField
          name="handle"
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
        <ul className="min-h-0 flex-1 overflow-y-auto">
          {chats.map((chat) => (
            <ChatRow key={chat.conversation_id} chat={chat} current={chat.conversation_id === current} />
          ))}
        </ul>
      )}
    </>
  );
}

function ChatRow({ chat, current }: { chat: Chat; current: boolean }) {
  const { organisation } = chat;
  return (
    <li>
      <Link
        to={`/chats/${chat.conversation_id}`}
        aria-current={current ? "page" : undefined}
        className="flex min-h-16 items-center gap-3 px-4 py-2 hover:bg-hover aria-[current]:bg-accent-soft"
      >
        <Avatar id={organisation.handle} name={organisation.name} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <bdi className="min-w-0 flex-1 truncate font-medium">{organisation.name}</bdi>
            {chat.last_at && <When at={chat.last_at} className="text-ink-soft text-xs" />}
          </span>
          <span className="flex items-center gap-2">
            <span dir="auto" className="min-w-0 flex-1 truncate text-ink-soft text-sm">
              {chat.last_text ?? `@${organisation.handle}`}
            </span>
            {!current && <CountBadge count={chat.unread} />}
          </span>
        </span>
      </Link>
    </li>
  );
}
