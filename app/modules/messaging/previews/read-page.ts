import { Parser } from "htmlparser2";

export type PageFacts = { title: string; description: string; site: string; picture: string | null };

/** Names of meta elements, the best first. */
const NAMES = {
  title: ["og:title", "twitter:title"],
  description: ["og:description", "twitter:description", "description"],
  site: ["og:site_name", "application-name"],
  picture: ["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"],
};
const LONGEST = { title: 200, description: 300, site: 80 };
/** Where a page says how it is written, it says so near its begin. */
const CHARSET_WITHIN = 2_048;

/** Unseen marks that turn the reading direction round or are no text at all, and runs of blanks. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+|\s+/gu;

const written = (text: string, longest: number) => {
  const clean = text.toWellFormed().replace(UNSEEN, " ").trim();
  const signs = [...clean.slice(0, longest * 4)];
  return signs.length > longest
    ? `${signs
        .slice(0, longest - 1)
        .join("")
        .trimEnd()}…`
    : clean;
};

/** A page's text by the charset of its mark, its header, or itself, in this order; UTF-8 where none says. */
export function decodePage(body: Uint8Array, contentType: string): string {
  const head = new TextDecoder("latin1").decode(body.subarray(0, CHARSET_WITHIN));
  const declared = /charset\s*=\s*["']?\s*([\w:.-]+)/i;
  const marked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? "utf-8" : undefined;
  const wide =
    body[0] === 0xff && body[1] === 0xfe ? "utf-16le" : body[0] === 0xfe && body[1] === 0xff ? "utf-16be" : undefined;
  const label = marked ?? wide ?? declared.exec(contentType)?.[1] ?? declared.exec(head)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

/** What a page says of itself; null where it says nothing that could stand as a title. Its scripts are text to us. */
export function readPage(html: string): PageFacts | null {
  const metas = new Map<string, string>();
  let title = "";
  let inTitle = false;
  const parser = new Parser(
    {
      onopentag(tag, { property, name, content }) {
        const key = (property ?? name)?.toLowerCase().trim();
        if (tag === "meta" && key && content && !metas.has(key)) metas.set(key, content);
        inTitle = tag === "title" && title === "";
      },
      ontext(text) {
        if (inTitle) title += text;
      },
      onclosetag(tag) {
        if (tag === "title") inTitle = false;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  const first = (names: readonly string[]) => names.flatMap((name) => metas.get(name) ?? [])[0] ?? "";
  const shown = written(first(NAMES.title) || title, LONGEST.title);
  if (!shown) return null;
  return {
    title: shown,
    description: written(first(NAMES.description), LONGEST.description),
    site: written(first(NAMES.site), LONGEST.site),
    picture: first(NAMES.picture).trim() || null,
  };
}
