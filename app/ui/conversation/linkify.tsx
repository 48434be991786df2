import { findLinks } from "./find-links";
import { splitMentions } from "./mentions/find-mentions";

type LinkifyProps = {
  text: string;
  /** The words after an `@` that call somebody. */
  names?: readonly string[];
};

/** A text that somebody else wrote, with its addresses made safe to open and whom it calls in bold. Never markup. */
export function Linkify({ text, names = [] }: LinkifyProps) {
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
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <Mentions key={at} text={part.text} names={names} />
        ),
      )}
    </>
  );
}

const Mentions = ({ text, names }: { text: string; names: readonly string[] }) =>
  splitMentions(text, names).map((part, at) =>
    part.mention ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places.
      <strong key={at} className="font-semibold text-accent-text">
        {part.text}
      </strong>
    ) : (
      part.text
    ),
  );
