import { Link, useRevalidator } from "@remix-run/react";
import { MessageCircle } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useHydrated } from "remix-utils/use-hydrated";
import { CustomerMessages } from "~/modules/realtime/ui/customer-messages";
import { useServerDraft } from "~/modules/realtime/ui/later/use-server-draft";
import { TypingLine, useTypist } from "~/modules/realtime/ui/typing-line";
import { useThread } from "~/modules/realtime/ui/use-thread";
import { useThreadFiles } from "~/modules/realtime/ui/use-thread-files";
import type { Draft, Thread } from "~/modules/tickets/index.server";
import { Avatar } from "~/ui/avatar";
import { buttonClass } from "~/ui/button";
import { Composer } from "~/ui/conversation/composer";
import { DropFiles } from "~/ui/conversation/composer-files/drop-files";
import { EmptyState } from "~/ui/state/empty-state";
import { ChatHeader } from "./chat-header";

type OrganisationChatProps = {
  organisation: { name: string; handle: string };
  thread: Thread;
  accountId: string;
  draft: Draft;
};

/** A chat of an account with an organisation, as its customer. */
export function OrganisationChat({ organisation, thread, accountId, draft: loaded }: OrganisationChatProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const typist = useTypist();
  const { revalidate } = useRevalidator();
  const opened = useThread({ loaded: thread, accountId: null, onSignal: typist.hear, onResync: revalidate });
  const { live, files, send } = useThreadFiles(opened);
  const draft = useServerDraft({ accountId, conversationId: thread.conversation_id, loaded });
  const { sent } = typist;
  const heard = live.messages.findLast((message) => message.author.kind !== "contact")?.seq;
  useEffect(() => {
    if (heard) sent();
  }, [heard, sent]);
  return (
    <DropFiles
      onFiles={files.add}
      label={t("chat.with", { name: organisation.name })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <ChatHeader
        picture={<Avatar id={organisation.handle} name={organisation.name} />}
        title={organisation.name}
        actions={
          <Link to={`/chats/${thread.conversation_id}/media`} className={buttonClass("plain")}>
            {t("media.gallery.title")}
          </Link>
        }
      />
      {live.messages.length === 0 && live.pending.length === 0 ? (
        <div className="m-auto">
          <EmptyState
            icon={<MessageCircle />}
            title={t("chat.with", { name: organisation.name })}
            text={t("chat.start")}
          />
        </div>
      ) : (
        <CustomerMessages live={live} />
      )}
      <TypingLine shown={typist.typing} />
      <Composer
        key={draft.key}
        draft={draft.text}
        onSend={send}
        files={files}
        onText={(text) => {
          draft.keep(text);
          if (text) live.typing();
        }}
        waiting={!hydrated}
        autoFocus
      />
    </DropFiles>
  );
}
