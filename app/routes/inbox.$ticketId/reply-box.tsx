import { Link } from "@remix-run/react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import { type Capability, capability, carriesFiles } from "~/modules/channels";
import { firstNameOf } from "~/modules/desk";
import { useCannedReplies } from "~/modules/desk/ui/use-canned-replies";
import type { UploadFiles } from "~/modules/files/ui/use-uploads";
import { useServerDraft } from "~/modules/realtime/ui/later/use-server-draft";
import type { TicketRights } from "~/modules/tickets";
import type { Draft } from "~/modules/tickets/index.server";
import { EditComposer } from "~/modules/tickets/ui/deeds/edit-composer";
import type { MessageDeeds } from "~/modules/tickets/ui/deeds/use-message-deeds";
import type { ThreadTicket } from "~/modules/tickets/ui/thread-entries";
import { Button } from "~/ui/button";
import { wordsOf } from "~/ui/conversation/attachments/file-words";
import { Composer } from "~/ui/conversation/composer";
import { useMentions } from "~/ui/conversation/mentions/mention-picker";
import type { MentionablePerson } from "~/ui/conversation/mentions/mention-query";
import { ProposalPicker } from "~/ui/conversation/mentions/proposal-picker";
import type { Recording } from "~/ui/conversation/voice/recording";
import { Switch } from "~/ui/forms/switch";
import { useNow } from "~/ui/time";
import { TypingLine } from "./thread/typing-line";
import type { useTicketThread } from "./thread/use-ticket-thread";
import { UnseenPanel, unseenOf } from "./unseen-panel";
import type { TicketAction } from "./use-ticket-action";

type Live = ReturnType<typeof useTicketThread>;

type ReplyBoxProps = {
  live: Live;
  files: UploadFiles;
  /** Sends with the files that are there. */
  onSend: Live["send"];
  accountId: string;
  /** Whose ticket it is. */
  orgId: string;
  /** What was begun on whatever device. */
  loadedDraft: Draft;
  rights: TicketRights;
  action: TicketAction;
  /** The ticket with which the conversation goes on, where this one is an earlier one. */
  newer: (ThreadTicket & { to: string }) | null;
  typing: readonly string[];
  /** Whom a note may call. */
  colleagues: readonly MentionablePerson[];
  /** What is done with one message: it may be answered, or changed. */
  deeds: MessageDeeds;
  /** The last message that has been on screen. */
  seenSeq: RefObject<number>;
  /** Grows when the field is to be written in next. */
  focusTurn: number;
};

/** Where an agent answers or leaves a note; asks before it sends over what a colleague wrote meanwhile. */
export function ReplyBox({
  live,
  files,
  onSend,
  accountId,
  orgId,
  loadedDraft,
  rights,
  action,
  newer,
  typing,
  colleagues,
  deeds,
  seenSeq,
  focusTurn,
}: ReplyBoxProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const [note, setNote] = useState(false);
  // A note that became a reply on another device would be read by the customer: it stays in this browser.
  const draft = useServerDraft({
    accountId,
    conversationId: live.conversation_id,
    loaded: note ? null : loadedDraft,
    slot: note ? "note" : "reply",
  });
  const proposed = useProposed(live, orgId, note, colleagues);
  const box = useRef<HTMLDivElement>(null);
  const blocked = useBlocked(live, rights);
  const unseen = live.pending.find((message) => message.code === "unseen_messages");
  useEffect(() => {
    if (focusTurn > 0) box.current?.querySelector("textarea")?.focus();
  }, [focusTurn]);

  const carries = note || carriesFiles(live.ticket.channel.kind);
  const { asking, stop } = deeds;
  const answered = asking?.deed === "reply" ? asking.message : null;
  useEffect(() => {
    if (!answered) return;
    // What is said about a note is not for the customer.
    if (answered.visibility === "staff") setNote(true);
    box.current?.querySelector("textarea")?.focus();
  }, [answered]);
  const how = () => ({
    replyTo: answered?.id ?? null,
    ...(note
      ? { visibility: "staff" as const, basedOnSeq: null }
      : { visibility: "public" as const, basedOnSeq: seenSeq.current ?? 0 }),
  });
  const send = (text: string) => {
    if (carries) onSend(text, how());
    else live.send(text, how());
    draft.keep("");
    stop();
  };
  const sendVoice = (recording: Recording) => {
    files.sendVoice(recording, how());
    stop();
  };
  const onText = (text: string) => {
    draft.keep(text);
    if (text && !note) live.typing();
  };
  const noteSwitch = (
    <div className="flex items-center justify-between gap-2 pb-1">
      <Switch
        className="whitespace-nowrap"
        label={t("conversation.composer.noteSwitch")}
        checked={note}
        onChange={(event) => setNote(event.currentTarget.checked)}
      />
      {live.ticket.state === "closed" && !note && rights.reply && (
        <span className="text-ink-soft text-sm">{t("ticket.replyOpensNew")}</span>
      )}
    </div>
  );
  if (newer) {
    return (
      <p role="status" className="border-line border-t bg-surface px-4 py-3 text-center text-ink-soft">
        {t("ticket.goesOn")}{" "}
        <Link to={newer.to} className="text-accent-text underline underline-offset-2">
          {t("ticket.number", { number: newer.number })}
        </Link>
      </p>
    );
  }
  if (asking?.deed === "edit") return <EditComposer deeds={deeds} />;
  return (
    <div ref={box} className="shrink-0">
      <TypingLine names={typing} />
      {unseen && (
        <UnseenPanel
          message={unseen}
          onSend={() => live.retry(unseen.client_id, Math.max(...unseenOf(unseen).map((one) => one.seq)))}
          onKeepWriting={() => {
            live.takeBack(unseen.client_id);
            files.putBack(unseen.files ?? []);
            draft.put(unseen.text);
            const quoted = live.messages.find(({ id }) => id === unseen.reply_to);
            if (quoted) deeds.run("reply", quoted);
          }}
        />
      )}
      <ProposalPicker source={proposed}>
        <Composer
          key={draft.key}
          note={note}
          draft={draft.text}
          blocked={
            !note &&
            blocked && (
              <span className="flex flex-wrap items-center justify-center gap-2">
                {blocked}
                {!rights.reply && rights.claim && (
                  <Button size="sm" busy={action.busy === "claim"} onClick={() => action.run("claim")}>
                    {t("ticket.take")}
                  </Button>
                )}
              </span>
            )
          }
          above={noteSwitch}
          waiting={!hydrated}
          onSend={send}
          replyingTo={
            answered && { name: answered.author.name, text: wordsOf(t, answered.text, answered.attachments[0]) }
          }
          onCancelReply={stop}
          onCancel={answered ? stop : undefined}
          files={carries ? { ...files, sendVoice } : null}
          onText={onText}
        />
      </ProposalPicker>
    </div>
  );
}

/** While one writes a note, colleagues; to the customer, canned replies. */
function useProposed({ ticket }: Live, orgId: string, note: boolean, colleagues: readonly MentionablePerson[]) {
  const mentions = useMentions(colleagues);
  const replies = useCannedReplies(orgId, {
    "contact.name": ticket.contact.name,
    "contact.first_name": firstNameOf(ticket.contact.name),
    "ticket.number": String(ticket.number),
    "area.name": ticket.area.name,
  });
  return note ? mentions : replies;
}

/** Why nothing can be sent to the customer now, in words; null while it can. */
function useBlocked(live: Live, rights: TicketRights): string | null {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const now = useNow();
  if (!rights.reply) return t(rights.claim ? "errors.take_first" : "ticket.notYours");
  if (!hydrated) return null;
  const heard = live.messages.findLast((message) => message.author.kind === "contact")?.sent_at;
  const last = [heard, live.last_inbound_at]
    .filter((at) => at !== null && at !== undefined)
    .sort()
    .at(-1);
  const allowed: Capability = capability({
    kind: live.ticket.channel.kind,
    lastInboundAt: last ? new Date(last) : null,
    now: new Date(now),
    author: "human",
    // Whether the contact is blocked and the channel connected, the server says at the sending.
    blocked: false,
    connected: true,
  });
  if (allowed.mode === "template") return t("ticket.blocked.template");
  return allowed.mode === "blocked" ? t(`ticket.blocked.${allowed.reason}`) : null;
}
