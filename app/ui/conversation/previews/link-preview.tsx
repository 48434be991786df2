import type { LinkPreviewView } from "../message-view";

/** A picture this much wider than high stands above the words, any other beside them. */
const WIDE = 1.3;

/** What the page behind a message's first address says of itself. Its picture's place is kept before it is drawn. */
export default function LinkPreview({
  preview: { url, title, description, site, picture },
}: {
  preview: LinkPreviewView;
}) {
  const wide = picture !== null && picture.width / picture.height >= WIDE;
  const size = wide ? "aspect-[1.91] w-full" : "w-20 shrink-0 self-stretch";
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      className={`mt-1.5 mb-1 flex w-80 max-w-full overflow-clip rounded-sm border border-line bg-surface text-sm hover:bg-hover ${wide ? "flex-col" : ""}`}
    >
      {picture && (
        <img
          src={picture.src}
          width={picture.width}
          height={picture.height}
          alt=""
          className={`bg-sunken object-cover ${size}`}
        />
      )}
      <span className="min-w-0 flex-1 px-2.5 py-1.5">
        <span dir="auto" className="block truncate text-ink-soft text-xs">
          {site}
        </span>
        <span dir="auto" className="line-clamp-2 font-medium [overflow-wrap:anywhere]">
          {title}
        </span>
        {description && (
          <span dir="auto" className="line-clamp-2 text-ink-soft [overflow-wrap:anywhere]">
            {description}
          </span>
        )}
      </span>
    </a>
  );
}
