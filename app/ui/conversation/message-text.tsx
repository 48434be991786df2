import type { ReactNode } from "react";
import { splitMentions } from "./mentions/find-mentions";
import { findStyles, type Style } from "./styles/find-styles";

type MessageTextProps = {
  text: string;
  /** The words after an `@` that call somebody. */
  names?: readonly string[];
};

/**
 * A text that somebody else wrote, with its addresses made safe to open, its simple marks shown as what they mean, and whom
 * it calls in bold. Never markup.
 */
export function MessageText({ text, names = [] }: MessageTextProps) {
  return (
    <>
      {findStyles(text).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places.
        <Styled key={at} styles={part.styles}>
          {part.href ? (
            <a
              href={part.href}
              target="_blank"
              rel="noopener noreferrer nofollow ugc"
              className="break-all text-accent-text underline underline-offset-2"
            >
              {part.text}
            </a>
          ) : (
            <Mentions text={part.styles.includes("block") ? trimLines(part.text) : part.text} names={names} />
          )}
        </Styled>
      ))}
    </>
  );
}

const trimLines = (text: string) => text.replace(/^\n|\n$/g, "");

const LOOKS: Record<Style, (inner: ReactNode) => ReactNode> = {
  bold: (inner) => <strong className="font-semibold">{inner}</strong>,
  italic: (inner) => <em>{inner}</em>,
  strike: (inner) => <s>{inner}</s>,
  code: (inner) => <code className="rounded-sm bg-ink/8 px-1 font-mono text-[0.925em]">{inner}</code>,
  block: (inner) => <code className="my-1 block rounded-sm bg-ink/8 px-2 py-1 font-mono text-[0.925em]">{inner}</code>,
};

const Styled = ({ styles, children }: { styles: readonly Style[]; children: ReactNode }) =>
  styles.reduceRight((inner, style) => LOOKS[style](inner), children);

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
