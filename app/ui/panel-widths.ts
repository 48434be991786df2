import { cookieValue } from "~/i18n/cookie-value";

const COOKIE = "panels";
const YEAR_SECONDS = 31_536_000;

/** Widths in CSS pixels that a person gave to panels, by the panel's name. */
export type PanelWidths = Record<string, number>;

/** Reads what a cookie's text holds (`list.320_side.280`); leaves out whatever is not a name and a number. */
export function parsePanelWidths(text: string | undefined): PanelWidths {
  const pairs = (text ?? "").slice(0, 300).matchAll(/([a-z][a-z-]{0,30})\.(\d{2,4})(?=_|$)/g);
  return Object.fromEntries([...pairs].map(([, name, width]) => [name, Number(width)]));
}

/** The remembered widths, for a loader: with them the server renders the panels as they were left. */
export const panelWidthsOf = (request: Request): PanelWidths => parsePanelWidths(cookieValue(request, COOKIE));

/** Remembers a panel's width in this browser for a year. */
export function rememberPanelWidth(name: string, width: number) {
  const current = document.cookie.split("; ").find((pair) => pair.startsWith(`${COOKIE}=`));
  const widths = { ...parsePanelWidths(current?.slice(COOKIE.length + 1)), [name]: Math.round(width) };
  const text = Object.entries(widths)
    .map(([panel, px]) => `${panel}.${px}`)
    .join("_");
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve.
  document.cookie = `${COOKIE}=${text}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
