import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useHydrated } from "remix-utils/use-hydrated";
import { CustomerMessages } from "~/modules/realtime/ui/customer-messages";
import { TypingLine, useTypist } from "~/modules/realtime/ui/typing-line";
import { type LoadedThread, useThread } from "~/modules/realtime/ui/use-thread";
import { Composer } from "~/ui/conversation/composer";
import { ErrorLine } from "./error-line";

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
  const { sent } = typist;
  const heard = live.messages.findLast((message) => message.author.kind !== "contact")?.seq;
  useEffect(() => {
    if (heard) sent();
  }, [heard, sent]);
  const fields = { client_id, visitor };
  return (
    <>
      <CustomerMessages live={live} fields={fields} />
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
