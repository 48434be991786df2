import { findLinks } from "~/ui/conversation/find-links";

/** The first address of a text that is safe to open, as a link to it would have it; undefined where there is none. */
export const firstLink = (text: string): string | undefined => findLinks(text).find((part) => part.href)?.href;
