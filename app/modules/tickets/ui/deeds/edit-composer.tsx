import { Pencil, X } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { Composer } from "~/ui/conversation/composer";
import { IconButton } from "~/ui/icon-button";
import type { MessageDeeds } from "./use-message-deeds";

/** In the composer's place while the reader changes what they said; nothing while they do not. */
export function EditComposer({ deeds }: { deeds: MessageDeeds }) {
  const { asking, stop, change } = deeds;
  if (asking?.deed !== "edit") return null;
  const { message } = asking;
  return (
    <Composer
      key={`edit ${message.id}`}
      draft={message.text}
      note={message.visibility === "staff"}
      autoFocus
      above={<EditLine onStop={stop} />}
      onSend={(text) => {
        if (text !== message.text) void change(message, { do: "edit", text });
        stop();
      }}
      onCancel={stop}
    />
  );
}

function EditLine({ onStop }: { onStop: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="mb-2 flex items-center gap-2 border-accent border-s-2 ps-2">
      <Pencil aria-hidden className="size-4 text-ink-soft" />
      <p className="min-w-0 flex-1 text-sm">{t("thread.editing")}</p>
      <IconButton label={t("thread.stopEditing")} icon={<X aria-hidden />} onClick={onStop} />
    </div>
  );
}
