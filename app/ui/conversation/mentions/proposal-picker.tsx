import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

export type Proposal = {
  id: string;
  /** What takes the place of what was written; null leaves it as it is. */
  words: string | null;
  /** The line that shows it. */
  face: ReactNode;
};

/** What a composer proposes while something is written; one kind of thing, made once and kept until it changes. */
export type Source = {
  /** What the list is called. */
  label: string;
  /** Says how many there are to those who do not see the list. */
  count: (found: number) => string;
  /** What there is to choose from at the caret, and where that begins which it takes the place of; null for nothing. */
  at: (text: string, caret: number) => { from: number; found: readonly Proposal[] } | null;
  /** Told when one is picked, after what was written names it. */
  onPick?: (id: string) => void;
};

type Open = { area: HTMLTextAreaElement; from: number; caret: number; found: readonly Proposal[]; at: number };

/** Around a composer: proposes while one writes; arrows, Enter, Tab, Escape, a click and a touch work. */
export function ProposalPicker({ source, children }: { source: Source; children: ReactNode }) {
  const [open, setOpen] = useState<Open | null>(null);
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const look = (target: EventTarget | null) => {
    const next = target instanceof HTMLTextAreaElement ? openFor(target, source) : null;
    if (target instanceof HTMLTextAreaElement) describe(target, next && list, next?.at ?? 0);
    setOpen(next);
  };
  const latest = useRef(look);
  latest.current = look;
  // What is proposed may come only after it was asked for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another list.
  useEffect(() => {
    const writing = document.activeElement;
    if (writing instanceof HTMLTextAreaElement && box.current?.contains(writing)) latest.current(writing);
  }, [source]);
  const close = () => {
    if (open) describe(open.area, null, 0);
    setOpen(null);
  };
  const pick = ({ id, words }: Proposal) => {
    if (!open) return;
    const { area, from, caret } = open;
    close();
    if (words !== null) {
      area.setRangeText(words, from, caret, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.focus();
    source.onPick?.(id);
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
      ref={box}
      className="relative"
      onInput={(event) => look(event.target)}
      onKeyDownCapture={onKey}
      onKeyUp={(event) => ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key) && look(event.target)}
      onClick={(event) => look(event.target)}
      onBlur={close}
    >
      {open && <Proposals id={list} source={source} open={open} onPick={pick} />}
      {children}
    </div>
  );
}

function openFor(area: HTMLTextAreaElement, source: Source): Open | null {
  const caret = area.selectionStart;
  const proposed = caret === area.selectionEnd ? source.at(area.value, caret) : null;
  return proposed && proposed.found.length > 0 ? { area, caret, ...proposed, at: 0 } : null;
}

type Does = { close: () => void; pick: (proposal: Proposal) => void; move: (at: number) => void };

/** What a key does while the list is open; false for one that is the composer's. */
function keys(key: string, { found, at }: Open, { close, pick, move }: Does): boolean {
  const chosen = found[at];
  if (key === "ArrowDown") move((at + 1) % found.length);
  else if (key === "ArrowUp") move((at + found.length - 1) % found.length);
  else if (key === "Escape") close();
  else if ((key === "Enter" || key === "Tab") && chosen) pick(chosen);
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

type ProposalsProps = {
  id: string;
  source: Pick<Source, "label" | "count">;
  open: Pick<Open, "found" | "at">;
  onPick: (proposal: Proposal) => void;
};

export function Proposals({ id, source, open, onPick }: ProposalsProps) {
  const chosen = useRef<HTMLDivElement>(null);
  const { at: place } = open;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that another line is chosen.
  useEffect(() => {
    chosen.current?.scrollIntoView({ block: "nearest" });
  }, [place]);
  return (
    <>
      <p role="status" className="sr-only">
        {source.count(open.found.length)}
      </p>
      <div
        id={id}
        role="listbox"
        aria-label={source.label}
        className="enter-float absolute inset-x-3 bottom-full z-20 mb-1 max-h-72 max-w-96 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float sm:inset-x-4"
      >
        {open.found.map((proposal, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text area's, which keeps the focus.
          <div
            key={proposal.id}
            ref={at === place ? chosen : undefined}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === place}
            // The text area keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(proposal)}
            className="flex min-h-11 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 hover:bg-hover aria-selected:bg-accent-soft"
          >
            {proposal.face}
          </div>
        ))}
      </div>
    </>
  );
}
