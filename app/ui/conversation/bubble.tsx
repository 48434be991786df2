import { Bot, Clock, Forward, Lock, Pin, RotateCcw, Smartphone, Star, Trash2 } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import { Avatar } from "../avatar";
import { formatDate } from "../format/format-dates";
import { Time, useDateReader } from "../time";
import { DeliveryMark } from "./delivery-mark";
import { EventLine } from "./event-line";
import { MessageText } from "./message-text";
import { type AttachmentView, type BubbleTone, type MessageView, toneOf } from "./message-view";
import { Quote, type QuotedMessage } from "./quote";
import { Reactions } from "./reactions";

const LinkPreview = lazy(() => import("./previews/link-preview"));
const Attachments = lazy(() => import("./attachments/attachments"));

/** What is loaded once it is seen: until then, and in the server's page, the room that it will take. */
function Later({ room, children }: { room: ReactNode; children: ReactNode }) {
  return useHydrated() ? <Suspense fallback={room}>{children}</Suspense> : room;
}

export type BubbleProps = {
  message: MessageView;
  /** Written by the reader. */
  own: boolean;
  /** Which edge it stands at; the reader's own at the end unless the screen says otherwise (a whole team at the end). */
  side?: "start" | "end";
  /** Place in a run by one author (groupMessages). */
  first?: boolean;
  last?: boolean;
  /** Whether people's pictures stand beside what is at the start. */
  pictures?: boolean;
  /** Whether the author's name stands above; not where the screen's title already says it. */
  named?: boolean;
  /** The message that this one answers. */
  quote?: QuotedMessage | null;
  onQuoteClick?: () => void;
  /** It came more than a day after it was written. */
  late?: boolean;
  /** The reader has starred it. */
  starred?: boolean;
  /** Why it failed or cannot be shown, already translated. */
  reason?: ReactNode;
  onRetry?: () => void;
  /** What it shows above its words. */
  card?: ReactNode;
  /** What stands under the text: ChoiceButtons. */
  choices?: ReactNode;
  /** What can be done with it: stands beside it. */
  actions?: ReactNode;
  /** As whom the reader gives emoji, and how. */
  readerId?: string;
  onReact?: (emoji: string, on: boolean) => void;
  /** Just been looked for. */
  flash?: boolean;
};

const looks: Record<BubbleTone, string> = {
  own: "bg-bubble-own",
  other: "bg-bubble-other",
  bot: "bg-river-soft",
  note: "border border-amber border-dashed bg-amber-soft",
};

/** One message of a conversation, in the agent's screen and in the public chat alike. */
export function Bubble(props: BubbleProps) {
  const {
    message,
    own,
    side = own ? "end" : "start",
    first = true,
    last = true,
    pictures = false,
    named = true,
    choices,
    actions,
    flash = false,
  } = props;
  const { t } = useTranslation();
  const reader = useDateReader();
  if (message.kind === "system") return <EventLine at={message.created_at}>{message.text}</EventLine>;
  const { author } = message;
  const tone = toneOf(message, own);
  const name = own ? t("conversation.you") : author.name;
  const failed = message.delivery === "failed";
  const end = side === "end";
  // Words stay within by themselves; a corner that cuts costs browsers a picture apart.
  const clipped = Boolean(message.attachments?.length || message.preview || props.quote);
  return (
    <article
      aria-label={`${name}, ${formatDate(Date.parse(message.created_at), "time", reader)}`}
      data-message={message.id}
      className={`group/message flex items-end gap-2 px-3 transition-colors duration-200 sm:px-4 ${flash ? "bg-accent-soft" : ""} ${end ? "justify-end" : ""} ${first ? "pt-2.5" : "pt-0.5"}`}
    >
      {pictures && !end && (
        <span className="w-8 shrink-0">
          {last && (
            <Avatar id={author.id ?? author.name} name={author.name} kind={author.kind === "bot" ? "bot" : "person"} />
          )}
        </span>
      )}
      {end && actions}
      <div
        className={`flex min-w-0 max-w-[min(84%,36rem)] flex-col gap-1 ${end ? "items-end [&>ul]:justify-end" : "items-start"}`}
      >
        {first && <AuthorLine message={message} tone={tone} name={own || !named ? null : author.name} />}
        <div
          className={`min-w-0 max-w-full rounded-md px-3 py-1.5 ${looks[tone]} ${clipped ? "overflow-clip" : ""} ${failed ? "outline outline-danger" : ""} ${last ? (end ? "rounded-ee-sm" : "rounded-es-sm") : ""}`}
        >
          <BubbleBody {...props} />
        </div>
        {message.reactions && message.reactions.length > 0 && (
          <Reactions reactions={message.reactions} readerId={props.readerId} onToggle={props.onReact} />
        )}
        {failed && <Failure reason={props.reason} onRetry={props.onRetry} />}
        {choices}
      </div>
      {!end && actions}
    </article>
  );
}

/** Who wrote it, and what kind of author that is, above the first bubble of a run. */
function AuthorLine({ message, tone, name }: { message: MessageView; tone: BubbleTone; name: string | null }) {
  const { t } = useTranslation();
  const kind = message.author.kind;
  if (!name && tone !== "note" && kind !== "bot" && kind !== "device") return null;
  return (
    <p
      aria-hidden
      className="flex max-w-full items-center gap-1.5 px-1 text-ink-soft text-xs [&_svg]:size-3.5 [&_svg]:shrink-0"
    >
      {tone === "note" && (
        <span
          className="inline-flex shrink-0 items-center gap-1 font-medium text-amber-text"
          title={t("conversation.noteHint")}
        >
          <Lock aria-hidden />
          {t("conversation.note")}
        </span>
      )}
      {name && <bdi className="truncate font-medium">{name}</bdi>}
      {kind === "bot" && (
        <span className="inline-flex shrink-0 items-center gap-1 text-river-text">
          <Bot aria-hidden />
          {t("conversation.bot")}
        </span>
      )}
      {kind === "device" && (
        <span className="inline-flex shrink-0 items-center gap-1">
          <Smartphone aria-hidden />
          {t("conversation.device")}
        </span>
      )}
    </p>
  );
}

function BubbleBody(props: BubbleProps) {
  const { message, quote, onQuoteClick, reason, card } = props;
  const { t } = useTranslation();
  if (message.deleted_at) {
    return (
      <p className="flow-root text-ink-soft italic">
        <Trash2 aria-hidden className="me-1.5 inline size-3.5 align-[-0.125em]" />
        {t("conversation.deleted")}
        <Marks {...props} />
      </p>
    );
  }
  const missing = message.kind === "placeholder";
  return (
    <>
      {message.forwarded && (
        <p className="flex items-center gap-1 text-ink-soft text-xs italic">
          <Forward aria-hidden className="size-3.5 shrink-0" />
          {t("conversation.forwarded")}
        </p>
      )}
      {quote && <Quote quote={quote} onClick={onQuoteClick} />}
      {card}
      {message.attachments && message.attachments.length > 0 && (
        <Later room={<RoomFor file={message.attachments[0]} />}>
          <Attachments list={message.attachments} />
        </Later>
      )}
      {missing && (
        <p className="text-ink-soft">
          <span className="italic">{t("conversation.placeholder")}</span>
          {reason && <span className="block text-sm">{reason}</span>}
        </p>
      )}
      <div dir="auto" className="flow-root">
        {message.text && (
          <p className="inline whitespace-pre-wrap [overflow-wrap:anywhere]">
            <MessageText text={message.text} names={message.mentions?.map(({ name }) => name)} />
          </p>
        )}
        <Marks {...props} />
      </div>
      {message.preview && (
        <Later room={<div className={`w-80 max-w-full ${message.preview.picture ? "h-60" : "h-20"}`} />}>
          <LinkPreview preview={message.preview} />
        </Later>
      )}
    </>
  );
}

/** What shows files comes with the first of them; until then they have about their room. */
function RoomFor({ file }: { file?: AttachmentView }) {
  const seen = file?.kind === "image" || file?.kind === "video";
  return <div className={seen ? "h-52 w-72 max-w-full rounded-sm bg-sunken" : "h-14 w-52 max-w-full"} />;
}

/** The small print in the corner: edited, late, time, how far it got. */
function Marks({ message, late, starred }: BubbleProps) {
  const { t } = useTranslation();
  const reader = useDateReader();
  const written = Date.parse(message.sent_at ?? message.created_at);
  return (
    <span className="float-end ms-2.5 mt-1 inline-flex items-center gap-1 text-ink-soft text-xs">
      {late && (
        <span
          className="inline-flex items-center gap-0.5 text-amber-text"
          title={t("conversation.lateHint", { date: formatDate(written, "full", reader) })}
        >
          <Clock aria-hidden className="size-3" />
          {t("conversation.late")}
        </span>
      )}
      {message.pinned_at && <Pin role="img" aria-label={t("conversation.pinned")} className="size-3" />}
      {starred && <Star role="img" aria-label={t("conversation.starred")} className="size-3 fill-current" />}
      {message.edited_at && !message.deleted_at && <span>{t("conversation.edited")}</span>}
      <Time at={message.created_at} className="tabular-nums" />
      {message.delivery && <DeliveryMark delivery={message.delivery} />}
    </span>
  );
}

function Failure({ reason, onRetry }: Pick<BubbleProps, "reason" | "onRetry">) {
  const { t } = useTranslation();
  return (
    <p className="flex flex-wrap items-center justify-end gap-x-2 px-1 text-danger-text text-sm">
      {reason ?? t("conversation.delivery.failed")}
      {onRetry && (
        <button
          type="button"
          onClick={onRetry}
          className="touch-target inline-flex items-center gap-1 rounded-sm px-1 py-0.5 font-medium underline underline-offset-2"
        >
          <RotateCcw aria-hidden className="size-3.5" />
          {t("conversation.retrySend")}
        </button>
      )}
    </p>
  );
}
