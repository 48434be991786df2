import { useFetcher, useSearchParams } from "@remix-run/react";
import { MessageCircle } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { newId } from "~/platform/ids";
import { Composer } from "~/ui/conversation/composer";
import type { ChatActionData } from "./act.server";
import { ErrorLine } from "./error-line";

type FirstMessageProps = {
  organisation: { name: string };
  visitor: string;
  client_id: string;
  entry: { area: string; ref: string; text: string };
  code: string | null;
};

/** The chat before anything was written. */
export function FirstMessage({ organisation, visitor, client_id, entry, code }: FirstMessageProps) {
  const { t } = useTranslation();
  const fetcher = useFetcher<ChatActionData>();
  const [params] = useSearchParams();
  const [attempt, setAttempt] = useState({ turn: 0, text: entry.text, client_id });
  const fields = { client_id: attempt.client_id, visitor, area: entry.area, ref: entry.ref };
  // The words stay in the field until the server has them. Other words are another message: an attempt whose answer was
  // lost on the way may have arrived.
  const send = (text: string) => {
    const same = attempt.turn === 0 || text === attempt.text;
    const next = { turn: attempt.turn + 1, text, client_id: same ? attempt.client_id : newId() };
    setAttempt(next);
    fetcher.submit({ ...fields, client_id: next.client_id, text }, { method: "post" });
  };
  const failed = fetcher.data && "code" in fetcher.data ? fetcher.data.code : code;
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 overflow-y-auto px-6 text-center">
        <MessageCircle aria-hidden className="size-10 stroke-[1.5] text-accent-text" />
        <p className="wrap-anywhere text-balance font-semibold text-md">
          {t("publicChat.welcome", { name: organisation.name })}
        </p>
        <p className="max-w-sm text-pretty text-ink-soft">{t("publicChat.welcomeHint")}</p>
      </div>
      {failed && fetcher.state === "idle" && <ErrorLine code={failed} />}
      <Composer
        key={attempt.turn}
        fields={fields}
        draft={attempt.text}
        busy={fetcher.state !== "idle"}
        // In a frame the focus stays where the page around it has it.
        autoFocus={!params.has("widget")}
        onSend={send}
      />
    </>
  );
}
