import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Avatar } from "../../avatar";
import { type MentionablePerson, mentionAt, peopleFor, wordFor } from "./mention-query";

type MentionPickerProps = {
  /** Whom the writer may call: of the group, without themselves. */
  people: readonly MentionablePerson[];
  /** Told when one is picked; what was written names them already. */
  onPick?: (person: MentionablePerson) => void;
  /** A composer: what is written in its text area is looked at. */
  children: ReactNode;
};

type Open = { area: HTMLTextAreaElement; from: number; caret: number; found: MentionablePerson[]; at: number };

/** Around a composer: after an `@` proposes people; arrows, Enter, Tab, Escape, a click and a touch work. */
export function MentionPicker({ people, onPick, children }: MentionPickerProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const list = useId();
  const look = (target: EventTarget) => {
    const next = target instanceof HTMLTextAreaElement ? openFor(target, people) : null;
    if (target instanceof HTMLTextAreaElement) describe(target, next && list, next?.at ?? 0);
    setOpen(next);
  };
  const close = () => {
    if (open) describe(open.area, null, 0);
    setOpen(null);
  };
  const pick = (person: MentionablePerson) => {
    if (!open) return;
    const { area, from, caret } = open;
    close();
    area.setRangeText(`@${wordFor(person, people)} `, from, caret, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
    onPick?.(person);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!open || event.nativeEvent.isComposing) return;
    const done = keys(event.key, open, {
      close,
      pick,
      move: (at) => {
        describe(open.area, list, at);
        setOpen({ ...open, at });
      },
    });
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the text area inside.
    <div
      className="relative"
      onInput={(event) => look(event.target)}
      onKeyDownCapture={onKey}
      onKeyUp={(event) => ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key) && look(event.target)}
      onClick={(event) => look(event.target)}
      onBlur={close}
    >
      {open && <Proposals id={list} open={open} onPick={pick} />}
      {children}
    </div>
  );
}

function openFor(area: HTMLTextAreaElement, people: readonly MentionablePerson[]): Open | null {
  const caret = area.selectionStart;
  const written = caret === area.selectionEnd ? mentionAt(area.value, caret) : null;
  const found = written ? peopleFor(people, written.query) : [];
  return written && found.length > 0 ? { area, from: written.from, caret, found, at: 0 } : null;
}

type Does = { close: () => void; pick: (person: MentionablePerson) => void; move: (at: number) => void };

/** What a key does while the list is open; false for one that is the composer's. */
function keys(key: string, { found, at }: Open, { close, pick, move }: Does): boolean {
  const person = found[at];
  if (key === "ArrowDown") move((at + 1) % found.length);
  else if (key === "ArrowUp") move((at + found.length - 1) % found.length);
  else if (key === "Escape") close();
  else if ((key === "Enter" || key === "Tab") && person) pick(person);
  else return false;
  return true;
}

/** Says to those who do not see it that the text area has a list, and which line of it is chosen. */
function describe(area: HTMLTextAreaElement, list: string | null, at: number): void {
  const told = {
    "aria-controls": list,
    "aria-activedescendant": list && `${list}-${at}`,
    "aria-autocomplete": list && "list",
  };
  for (const [name, value] of Object.entries(told))
    if (value === null) area.removeAttribute(name);
    else area.setAttribute(name, value);
}

type ProposalsProps = { id: string; open: Pick<Open, "found" | "at">; onPick: (person: MentionablePerson) => void };

export function Proposals({ id, open, onPick }: ProposalsProps) {
  const { t } = useTranslation();
  return (
    <>
      <p role="status" className="sr-only">
        {t("marks.mention.found", { count: open.found.length })}
      </p>
      <div
        id={id}
        role="listbox"
        aria-label={t("marks.mention.label")}
        className="enter-float absolute inset-x-3 bottom-full z-20 mb-1 max-h-72 max-w-80 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float sm:inset-x-4"
      >
        {open.found.map((person, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text area's, which keeps the focus.
          <div
            key={person.id}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === open.at}
            // The text area keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(person)}
            className="flex min-h-11 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 hover:bg-hover aria-selected:bg-accent-soft"
          >
            <Avatar id={person.id} name={person.name} size="sm" />
            <span className="min-w-0">
              <bdi className="block truncate">{person.name}</bdi>
              {person.handle && <span className="block truncate text-ink-soft text-xs">@{person.handle}</span>}
            </span>
          </div>
        ))}
      </div>
    </>
  );
}
