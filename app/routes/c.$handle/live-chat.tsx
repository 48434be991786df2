import { useEffect } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import { CustomerMessages } from "~/modules/realtime/ui/customer-messages";
import { TypingLine, useTypist } from "~/modules/realtime/ui/typing-line";
import { type LoadedThread, useThread } from "~/modules/realtime/ui/use-thread";
import { useThreadFiles } from "~/modules/realtime/ui/use-thread-files";
import { Composer } from "~/ui/conversation/composer";
import { DropFiles } from "~/ui/conversation/composer-files/drop-files";
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
  const opened = useThread({ loaded: thread, accountId: null, onSignal: typist.hear });
  const { live, files, send } = useThreadFiles(opened);
  const { sent } = typist;
  const heard = live.messages.findLast((message) => message.author.kind !== "contact")?.seq;
  useEffect(() => {
    if (heard) sent();
  }, [heard, sent]);
  const fields = { client_id, visitor };
  return (
    <DropFiles onFiles={files.add} className="flex min-h-0 flex-1 flex-col">
      <CustomerMessages live={live} fields={fields} />
      <TypingLine shown={typist.typing} />
      {code && <ErrorLine code={code} />}
      {!hydrated && (
        <noscript>
          <p className="px-4 py-1 text-center text-sm">
            {/* Each page has another address here: to its own, with a place in it, a browser goes without asking. */}
            <a href={`?look=${client_id}#end`} className="text-accent-text underline">
              {t("publicChat.refresh")}
            </a>
          </p>
        </noscript>
      )}
      <Composer
        fields={fields}
        autoFocus
        onSend={hydrated ? send : undefined}
        files={hydrated ? files : null}
        onText={live.typing}
      />
    </DropFiles>
  );
}
