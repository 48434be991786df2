import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { SearchBar } from "~/modules/messaging/ui/search-bar";
import { wordsOf } from "~/ui/conversation/attachments/file-words";
import { PinnedBar } from "~/ui/conversation/pins/pinned-bar";
import type { Finding } from "./use-finding";

type FindingBarsProps = {
  finding: Finding;
  conversationId: string;
  pinned: readonly Message[];
  /** What tickets that messages show are called, by the messages' ids. */
  cards?: Record<string, string>;
  /** Where the reader may take them off. */
  onUnpin?: (id: string) => void;
};

/** What stands above a conversation: the search, while it is asked for, and what is kept at its head. */
export function FindingBars({ finding, conversationId, pinned, cards = {}, onUnpin }: FindingBarsProps) {
  const { t } = useTranslation();
  const lines = pinned.map(({ id, author, text, attachments }) => {
    return { id, name: author.name, text: cards[id] ?? wordsOf(t, text, attachments[0]) };
  });
  return (
    <>
      {finding.searching && (
        <SearchBar conversationId={conversationId} onJump={finding.jump} onClose={finding.toggle} />
      )}
      <PinnedBar pinned={lines} onJump={finding.jumpTo} onUnpin={onUnpin} />
    </>
  );
}
