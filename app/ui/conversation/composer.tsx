import { Lock, Mic, SendHorizontal, X } from "lucide-react";
import {
  type FormEvent,
  type KeyboardEvent,
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useId,
  useRef,
  useState,
} from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "../button";
import { useAutoGrow } from "../forms/auto-grow";
import { IconButton } from "../icon-button";
import { AttachButton } from "./composer-files/attach-button";
import { type ComposerFiles, hasFiles } from "./composer-files/composer-files";
import { styleSelection } from "./styles/style-selection";

// Most visits write words alone.
const FileTray = lazy(() => import("./composer-files/file-tray"));
const VoiceRecorder = lazy(() => import("./voice/voice-recorder"));

export type ComposerProps = {
  /** Where the plain form posts to; the page's own address when absent. */
  action?: string;
  /** Hidden inputs that the plain form must carry (intent, client id …). */
  fields?: Record<string, string>;
  /** The name of the text in the form. */
  name?: string;
  /** With scripts: takes the text, and the field is emptied. Without it the form is sent. */
  onSend?: (text: string) => void;
  /** At every change of the text: typing notices, drafts. */
  onText?: (text: string) => void;
  /** With scripts: what else than words can be sent; without it, nothing else is offered. */
  files?: ComposerFiles | null;
  /** What was being written when the page was left. */
  draft?: string;
  /** The text is a note that only the team sees. */
  note?: boolean;
  /** Why nothing can be sent now, already translated; takes the place of the field. */
  blocked?: ReactNode;
  busy?: boolean;
  /** For a page that only scripts can send from, until they run: the text can be written already. */
  waiting?: boolean;
  /** The message being answered. */
  replyingTo?: { name: string; text: string | null } | null;
  onCancelReply?: () => void;
  /** Escape in the field. */
  onCancel?: () => void;
  /** Buttons before the field (attach) and a row above it (the note switch, the window's countdown). */
  start?: ReactNode;
  above?: ReactNode;
  /** Stands after the button that sends, and may take the text as it does: "" where there is none. */
  end?: (take: () => string) => ReactNode;
  maxLength?: number;
  autoFocus?: boolean;
};

/** A finger has no Shift key: there, Enter makes a line and the button sends. */
const underFinger = () => window.matchMedia("(pointer: coarse)").matches;

/** Where messages are written. A plain form, so that it works before and without scripts. */
export function Composer(props: ComposerProps) {
  const { action, fields = {}, note = false, blocked, busy, waiting, start, above, files } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const [recording, setRecording] = useState(false);
  const { t } = useTranslation();
  if (blocked) return <Blocked above={above}>{blocked}</Blocked>;
  return (
    <form
      method="post"
      action={action}
      onSubmit={(event) => submit(event, area.current, props)}
      className="border-line border-t bg-surface px-3 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:px-4"
    >
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      {above}
      {props.replyingTo && <ReplyLine quoted={props.replyingTo} onCancel={props.onCancelReply} />}
      {files && files.list.length > 0 && <Files files={files} />}
      {files && recording && (
        <Suspense fallback={<div className="min-h-11" />}>
          <VoiceRecorder onSend={files.sendVoice} onClose={() => setRecording(false)} />
        </Suspense>
      )}
      <div hidden={recording} className={recording ? undefined : "flex items-end gap-1.5"}>
        {start}
        {files && <AttachButton onFiles={files.add} disabled={waiting} />}
        <Field {...props} area={area} />
        {files && (
          <IconButton
            label={t("media.record")}
            icon={<Mic aria-hidden />}
            disabled={waiting}
            onClick={() => setRecording(true)}
          />
        )}
        <SendButton note={note} busy={busy} waiting={waiting} />
        {props.end?.(() => take(area.current))}
      </div>
    </form>
  );
}

/** Hands the text over and empties the field; without `onSend` the browser sends the form. Blank text goes nowhere. */
function submit(event: FormEvent, field: HTMLTextAreaElement | null, { busy, onSend, files }: ComposerProps) {
  const text = field?.value.trim() ?? "";
  if (!field || !(text || hasFiles(files)) || busy || isTroubled(files)) return event.preventDefault();
  if (!onSend) return;
  event.preventDefault();
  onSend(take(field));
}

/** The text of the field, which is empty then. */
function take(field: HTMLTextAreaElement | null): string {
  const text = field?.value.trim() ?? "";
  if (!field) return text;
  field.focus();
  if (!text) return text;
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return text;
}

/** What did not come up must be settled by the sender: nothing is left out behind their back. */
const isTroubled = (files: ComposerFiles | null | undefined) =>
  files?.list.some(({ state }) => state === "failed" || state === "lost") ?? false;

function Files({ files }: { files: ComposerFiles }) {
  const { t } = useTranslation();
  return (
    <>
      <Suspense>
        <FileTray files={files} />
      </Suspense>
      {files.list.some(({ state }) => state === "failed" || state === "lost") && (
        <p role="status" className="mb-2 text-danger-text text-sm">
          {t("media.troubled")}
        </p>
      )}
    </>
  );
}

function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  // Keys that choose among an input method's proposals are not meant for the form (229: Safari's mark for them).
  const composing = event.nativeEvent.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || composing || underFinger()) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

function Field(props: ComposerProps & { area: RefObject<HTMLTextAreaElement | null> }) {
  const { area, name = "text", note, maxLength = 10_000 } = props;
  const { t } = useTranslation();
  const hint = useId();
  useAutoGrow(area);
  return (
    <>
      <textarea
        ref={area as RefObject<HTMLTextAreaElement>}
        name={name}
        rows={1}
        required={!hasFiles(props.files)}
        maxLength={maxLength}
        defaultValue={props.draft}
        // biome-ignore lint/a11y/noAutofocus: only where the screen is for writing, and its author asks for it.
        autoFocus={props.autoFocus}
        aria-label={t("conversation.composer.label")}
        aria-describedby={hint}
        placeholder={t(note ? "conversation.composer.notePlaceholder" : "conversation.composer.placeholder")}
        enterKeyHint="enter"
        onKeyDown={(event) => {
          if (event.key === "Escape") props.onCancel?.();
          sendOnEnter(event);
          styleSelection(event);
        }}
        onInput={(event) => props.onText?.(event.currentTarget.value)}
        className={`control field-sizing-content max-h-[38dvh] min-w-0 flex-1 resize-none ${note ? "border-amber border-dashed bg-amber-soft" : ""}`}
      />
      <span id={hint} className="sr-only pointer-coarse:hidden">
        {t("conversation.composer.hint")}
      </span>
    </>
  );
}

function SendButton({ note, busy, waiting }: { note: boolean; busy?: boolean; waiting?: boolean }) {
  const { t } = useTranslation();
  const Icon = note ? Lock : SendHorizontal;
  return (
    <Button
      type="submit"
      variant="primary"
      busy={busy}
      disabled={waiting}
      icon={<Icon aria-hidden className="size-4" />}
      className="pointer-coarse:min-w-11"
    >
      <span className="max-sm:sr-only">{t(note ? "conversation.composer.addNote" : "conversation.composer.send")}</span>
    </Button>
  );
}

function Blocked({ above, children }: { above: ReactNode; children: ReactNode }) {
  return (
    <div className="border-line border-t bg-surface px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {above}
      <p role="status" className="text-pretty text-center text-ink-soft">
        {children}
      </p>
    </div>
  );
}

type ReplyLineProps = { quoted: { name: string; text: string | null }; onCancel?: () => void };

function ReplyLine({ quoted, onCancel }: ReplyLineProps) {
  const { t } = useTranslation();
  return (
    <div className="mb-2 flex items-center gap-2 border-accent border-s-2 ps-2">
      <p className="min-w-0 flex-1 text-sm">
        <span className="block truncate font-medium">
          {t("conversation.composer.replyingTo", { name: quoted.name })}
        </span>
        <span dir="auto" className="block truncate text-ink-soft">
          {quoted.text}
        </span>
      </p>
      {onCancel && (
        <IconButton label={t("conversation.composer.cancelReply")} icon={<X aria-hidden />} onClick={onCancel} />
      )}
    </div>
  );
}
