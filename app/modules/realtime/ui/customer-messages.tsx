import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { pickedChoices } from "~/modules/messaging/ui/picked-choices";
import { Button } from "~/ui/button";
import { Bubble } from "~/ui/conversation/bubble";
import { ChoiceButtons } from "~/ui/conversation/choice-buttons";
import { DayDivider } from "~/ui/conversation/day-divider";
import { groupMessages } from "~/ui/conversation/group-messages";
import { useDateReader } from "~/ui/time";
import type { QueuedMessage } from "./outbox/queued-message";
import { pendingLines } from "./pending-bubble";

type Live = {
  messages: readonly Message[];
  pending: readonly QueuedMessage[];
  more: boolean;
  last_seq: number;
  send: (text: string) => void;
  retry: (clientId: string) => void;
  discard: (clientId: string) => void;
  supply: (clientId: string, picked: readonly File[]) => Promise<boolean>;
  loadEarlier: () => Promise<void>;
  markRead: (seq: number) => void;
};

/** So near to the end, new messages keep it in sight. */
const NEAR_END_PX = 120;

type CustomerMessagesProps = {
  live: Live;
  /** Its choices can be picked without scripts too, by a form that carries these. */
  fields?: Record<string, string>;
};

/** A chat as its customer sees it, on the public page and in the app: the newest message at the end and in sight. */
export function CustomerMessages({ live, fields }: CustomerMessagesProps) {
  const { t } = useTranslation();
  const { timeZone } = useDateReader();
  const box = useRef<HTMLElement>(null);
  useEndInSight(box, live.messages.length + live.pending.length);
  const lastSeq = live.messages.at(-1)?.seq ?? 0;
  const { markRead } = live;
  useEffect(() => {
    const mark = () => markRead(lastSeq);
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [lastSeq, markRead]);
  const picked = pickedChoices(live.messages);
  const lastContact = live.messages.findLast((m) => m.author.kind === "contact")?.seq ?? 0;
  return (
    <section
      ref={box}
      aria-label={t("conversation.thread")}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-2"
    >
      {live.more && (
        <div className="flex justify-center pt-3">
          <Button variant="quiet" onClick={() => void live.loadEarlier()}>
            {t("conversation.earlier")}
          </Button>
        </div>
      )}
      <div role="log" aria-live="polite">
        {groupMessages(live.messages, timeZone).map(({ message, first, last, newDay }) => (
          <div key={message.id}>
            {newDay && <DayDivider at={message.created_at} />}
            <Bubble
              message={seeAsCustomer(message)}
              own={message.author.kind === "contact"}
              first={first}
              last={last}
              choices={choicesOf(message, picked.get(message.id), message.seq > lastContact, fields, live.send)}
            />
          </div>
        ))}
      </div>
      {pendingLines(live.pending, live)}
      <div id="end" />
    </section>
  );
}

/** The marks that a customer knows: on their own messages, which the server has. */
const seeAsCustomer = (message: Message) =>
  ({ ...message, delivery: message.author.kind === "contact" ? "sent" : null }) as const;

function choicesOf(
  message: Message,
  picked: string | undefined,
  open: boolean,
  fields: Record<string, string> | undefined,
  send: (text: string) => void,
): ReactNode {
  if (message.choices.length === 0) return null;
  const press = open
    ? {
        ...(fields && { form: { fields, name: "choice" } }),
        onPick: (choice: { label: string }) => send(choice.label),
      }
    : {};
  return <ChoiceButtons choices={message.choices} picked={picked} {...press} />;
}

/** Keeps the end in sight while the reader is there, and leaves them alone while they read further up. */
function useEndInSight(box: { current: HTMLElement | null }, count: number): void {
  const near = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      near.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    };
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [box]);
  const shown = useRef(0);
  useEffect(() => {
    const grew = count !== shown.current;
    shown.current = count;
    if (grew && near.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [box, count]);
}
