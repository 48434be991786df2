import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { IconButton } from "~/ui/icon-button";

type SearchBarProps = {
  conversationId: string;
  /** Goes to the place of a hit; `marks` begin the words that were found, to be marked there. */
  onJump: (message: Message, marks: string) => void;
  onClose: () => void;
};

/** Looks for words in one conversation and goes from hit to hit, from the newest back in time. */
export function SearchBar({ conversationId, onJump, onClose }: SearchBarProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const search = useHits(conversationId, onJump);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void search.ask(field.current?.value ?? "");
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <search className="block border-line border-b bg-surface">
      <form onSubmit={submit} onKeyDown={onKey} className="flex items-center gap-1 px-3 py-1.5">
        <input
          ref={field}
          type="search"
          name="q"
          aria-label={t("marks.search.inChat")}
          placeholder={t("marks.search.inChat")}
          autoComplete="off"
          maxLength={200}
          // biome-ignore lint/a11y/noAutofocus: opened to be written into.
          autoFocus
          className="control min-w-0 flex-1"
        />
        <p role="status" className="shrink-0 px-1 text-ink-soft text-sm tabular-nums">
          {search.code
            ? t([`errors.${search.code}`, "errors.unexpected"])
            : search.total !== null && t(search.total === 0 ? "marks.search.none" : "marks.search.place", search.place)}
        </p>
        <IconButton
          label={t("marks.search.older")}
          icon={<ChevronUp aria-hidden />}
          disabled={!search.older}
          onClick={() => void search.older?.()}
        />
        <IconButton
          label={t("marks.search.newer")}
          icon={<ChevronDown aria-hidden />}
          disabled={!search.newer}
          onClick={() => search.newer?.()}
        />
        <IconButton label={t("marks.search.close")} icon={<X aria-hidden />} onClick={onClose} />
      </form>
    </search>
  );
}

type Page = { messages: Message[]; marks: string; total: number; next_cursor: string | null };
type Hits = { asked: string; page: Page; at: number };

function useHits(conversationId: string, onJump: SearchBarProps["onJump"]) {
  const [hits, setHits] = useState<Hits | null>(null);
  const [code, setCode] = useState<string | null>(null);
  // Who writes on while an answer is under way wants the later one.
  const latest = useRef(0);
  const load = async (asked: string, cursor: string | null): Promise<Page | null> => {
    const mine = ++latest.current;
    const query = new URLSearchParams({ q: asked, ...(cursor && { cursor }) });
    try {
      const page = await askServer<Page>(`/conversations/${conversationId}/search?${query}`);
      setCode(null);
      return mine === latest.current ? page : null;
    } catch (error) {
      setCode(codeOfRefusal(error));
      return null;
    }
  };
  const go = (next: Hits) => {
    setHits(next);
    const message = next.page.messages[next.at];
    if (message) onJump(message, next.page.marks);
  };
  const older = async () => {
    if (!hits) return;
    const { page, at, asked } = hits;
    if (at + 1 < page.messages.length) return go({ ...hits, at: at + 1 });
    const more = page.next_cursor ? await load(asked, page.next_cursor) : null;
    if (more) go({ asked, page: { ...more, messages: [...page.messages, ...more.messages] }, at: at + 1 });
  };
  const ask = async (asked: string) => {
    // The same again is the next hit.
    if (hits?.asked === asked && hits.page.messages.length > 0) return older();
    const page = asked.trim() === "" ? null : await load(asked, null);
    if (page) go({ asked, page, at: 0 });
  };
  const last = hits ? hits.page.messages.length - 1 : -1;
  return {
    ask,
    code,
    total: hits?.page.total ?? null,
    place: { at: (hits?.at ?? 0) + 1, count: hits?.page.total ?? 0 },
    older: hits && (hits.at < last || hits.page.next_cursor) ? older : null,
    newer: hits && hits.at > 0 ? () => go({ ...hits, at: hits.at - 1 }) : null,
  };
}
