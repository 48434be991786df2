import { MessagesSquare } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { chatsNamed } from "~/modules/messaging/ui/chats-named";
import type { ForwardTarget } from "~/modules/tickets/index.server";
import { Avatar } from "~/ui/avatar";
import { TextField } from "~/ui/forms/text-field";
import { EmptyState } from "~/ui/state/empty-state";

type TargetListProps = { targets: readonly ForwardTarget[]; onChoose: (target: ForwardTarget) => void };

/** One's chats, the last spoken in first, to choose one by its name. */
export function TargetList({ targets, onChoose }: TargetListProps) {
  const { t } = useTranslation();
  const [word, setWord] = useState("");
  const found = chatsNamed(targets, word);
  return (
    <>
      <div className="px-4 py-3">
        <TextField
          type="search"
          label={t("marks.forward.search")}
          optional
          autoComplete="off"
          value={word}
          onChange={(event) => setWord(event.target.value)}
        />
      </div>
      {found.length === 0 && (
        <EmptyState icon={<MessagesSquare />} title={t("share.noChats")} text={t("share.noChatsHint")} />
      )}
      <ul aria-label={t("marks.forward.chats")} className="min-h-0 flex-1 overflow-y-auto">
        {found.map((target) => (
          <li key={target.id}>
            <button
              type="button"
              onClick={() => onChoose(target)}
              className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-start hover:bg-hover"
            >
              <Avatar id={target.pictureOf} name={target.title} />
              <bdi className="min-w-0 truncate font-medium">{target.title}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
