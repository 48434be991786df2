import { Bot } from "lucide-react";
import { initialsOf, stableIndex } from "./format/initials";

const colours = [
  "bg-avatar-a",
  "bg-avatar-b",
  "bg-avatar-c",
  "bg-avatar-d",
  "bg-avatar-e",
  "bg-avatar-f",
  "bg-avatar-g",
  "bg-avatar-h",
];

const sizes = { sm: "size-6 text-xs", md: "size-8 text-sm", lg: "size-10 text-base", xl: "size-20 text-lg" };

type AvatarProps = {
  /** What the colour hangs on, so that a person keeps it when the name changes. */
  id: string;
  name: string;
  image?: string | null;
  /** A ground of its own, `#rrggbb`, on which white is read. */
  colour?: string | null;
  kind?: "person" | "bot";
  size?: keyof typeof sizes;
};

/** A person at a glance. Decorative: the name is always written beside it or said by what holds it. */
export function Avatar({ id, name, image, colour, kind = "person", size = "md" }: AvatarProps) {
  const shape = `inline-flex shrink-0 items-center justify-center overflow-hidden rounded-full ${sizes[size]}`;
  if (kind === "bot") {
    return (
      <span aria-hidden className={`${shape} bg-river-soft text-river-text`}>
        <Bot className="size-[58%]" />
      </span>
    );
  }
  if (image) return <img src={image} alt="" loading="lazy" decoding="async" className={`${shape} object-cover`} />;
  return (
    <span
      aria-hidden
      // Drawn, not written: the letters are a picture, and no part of the text around them.
      data-initials={initialsOf(name)}
      style={colour ? { backgroundColor: colour } : undefined}
      className={`${shape} font-semibold text-on-fill before:content-[attr(data-initials)] ${colours[stableIndex(id, colours.length)]}`}
    />
  );
}
