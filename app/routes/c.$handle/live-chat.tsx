import { useTranslation } from "react-i18next";
import { useHydrated } from "~/modules/realtime/ui/hub-provider";
import { type LoadedThread, useThread } from "~/modules/realtime/ui/use-thread";
import { Composer } from "~/ui/conversation/composer";
import { ChatMessages } from "./chat-messages";
import { ErrorLine } from "./error-line";
import { TypingLine, useTypist } from "./typing-line";

type LiveChatProps = {
  thread: LoadedThread;
  visitor: string;
  client_id: string;
  code: string | null;
};

/** The conversation of a customer with an organisation. */
export function LiveChat({ thread, visitor, client_id, code }: LiveChatProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const typist = useTypist();
  const live = useThread({ loaded: thread, accountId: null, onSignal: typist.hear });
  const fields = { client_id, visitor };
  return (
    <>
      <ChatMessages live={live} fields={fields} />
      <TypingLine shown={typist.typing} />
      {code && <ErrorLine code={code} />}
      {!hydrated && (
        <noscript>
          <p className="px-4 py-1 text-center text-sm">
            <a href="?#end" className="text-accent-text underline">
              {t("publicChat.refresh")}
            </a>
          </p>
        </noscript>
      )}
      <Composer fields={fields} autoFocus onSend={hydrated ? live.send : undefined} onText={live.typing} />
    </>
  );
}
