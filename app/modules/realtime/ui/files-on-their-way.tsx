import { Paperclip } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { useDateReader } from "~/ui/time";
import type { QueuedMessage } from "./outbox/queued-message";

type Files = NonNullable<QueuedMessage["files"]>;
type OnPick = (picked: readonly File[]) => Promise<boolean>;

/** What is said of a message's files while they are not whole; with `onPick`, that they must be picked again. */
export default function FilesOnTheirWay({ files, onPick }: { files: Files; onPick: OnPick | null }) {
  return onPick ? <PickAgain onPick={onPick} /> : <HowFar files={files} />;
}

/** How far all of its files are, or what they wait for. */
function HowFar({ files }: { files: Files }) {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  const sum = (of: "sent" | "size") => files.reduce((total, file) => total + file[of], 0);
  const percent = new Intl.NumberFormat(locale, { style: "percent" }).format(sum("sent") / Math.max(1, sum("size")));
  const moving = files.some(({ state }) => state === "uploading");
  const offline = files.some(({ state, code }) => state === "waiting" && code !== null);
  const word = moving ? "uploading" : offline ? "offline" : "waiting";
  return <span className="px-1 text-ink-soft">{t(`media.state.${word}`, { percent })}</span>;
}

/** A page that is gone had the file, and browsers give it to nobody else: its sender picks it again. */
function PickAgain({ onPick }: { onPick: OnPick }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [other, setOther] = useState(false);
  return (
    <>
      {other && (
        <span role="status" className="text-danger-text">
          {t("media.otherFile")}
        </span>
      )}
      <button
        type="button"
        onClick={() => input.current?.click()}
        className="touch-target inline-flex items-center gap-1 rounded-sm px-2 py-0.5 font-medium text-danger-text underline underline-offset-2"
      >
        <Paperclip aria-hidden className="size-3.5" />
        {t("media.pickAgain")}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={async ({ currentTarget }) => {
          const picked = [...(currentTarget.files ?? [])];
          currentTarget.value = "";
          if (picked.length > 0) setOther(!(await onPick(picked)));
        }}
      />
    </>
  );
}
