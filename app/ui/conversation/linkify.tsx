import { findLinks } from "./find-links";

/** A text that somebody else wrote, with its addresses made safe to open. Always text, never markup. */
export function Linkify({ text }: { text: string }) {
  return (
    <>
      {findLinks(text).map((part, at) =>
        part.href ? (
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places.
            key={at}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
            className="break-all text-accent-text underline underline-offset-2"
          >
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </>
  );
}
