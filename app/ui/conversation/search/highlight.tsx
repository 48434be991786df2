import { findHits, findHitsShort } from "./find-hits";

/** A text with what a search found in it marked; `short` begins near the first hit. */
export function Highlight({ text, asked, short = false }: { text: string; asked: string; short?: boolean }) {
  const parts = short ? findHitsShort(text, asked) : findHits(text, asked);
  return (
    <>
      {parts.map((part, at) =>
        part.hit ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places.
          <mark key={at} className="rounded-[2px] bg-amber-soft text-inherit">
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
    </>
  );
}
