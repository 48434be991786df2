import { randomBytes } from "node:crypto";
import type { HeaderList } from "./exchange.server";

const ALWAYS: HeaderList = [
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "strict-origin-when-cross-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["permissions-policy", "camera=(self), microphone=(self)"],
];
const NOT_FRAMED: HeaderList = [["x-frame-options", "DENY"]];
const OWN_RESOURCE: HeaderList = [["cross-origin-resource-policy", "same-origin"]];
const ANY_RESOURCE: HeaderList = [["cross-origin-resource-policy", "cross-origin"]];
const HTTPS_ONLY: HeaderList = [["strict-transport-security", "max-age=31536000"]];

/** The public chat is what the widget frames on the organisation's sites; nothing else may stand in a frame. */
const isFramed = (pathname: string) => pathname.startsWith("/c/");
/** The widget's script is loaded by other people's sites. */
const isShared = (pathname: string) => pathname === "/widget.js";

/** What every answer carries, errors too, unless the answer itself sets a header of the same name. */
export function securityHeaders(pathname: string, https: boolean): HeaderList {
  return [
    ...ALWAYS,
    ...(isShared(pathname) ? ANY_RESOURCE : OWN_RESOURCE),
    ...(isFramed(pathname) ? [] : NOT_FRAMED),
    ...(https ? HTTPS_ONLY : []),
    ["content-security-policy", `default-src 'none'; base-uri 'none'; form-action 'none'${framing(pathname)}`],
    ["cache-control", "no-store"],
  ];
}

/** Our own pages show the chat as a preview; other sites only where its organisation named them. */
const framing = (pathname: string, sites = "") =>
  isFramed(pathname) ? `; frame-ancestors 'self'${sites && ` ${sites}`}` : "; frame-ancestors 'none'";

/** A nonce for one answer's scripts: 128 random bits. */
export const newNonce = () => randomBytes(16).toString("base64");

/**
 * The Content-Security-Policy of a rendered page: scripts of ours or with the answer's nonce only.
 * @param page the page's address, which also names the one host that sockets may go to
 * @param more `development` lets Vite's own port in, for hot reload; `frameSites` are the origins that may frame the page
 */
export function contentSecurityPolicy(page: URL, nonce: string, { development = false, frameSites = "" } = {}): string {
  const sockets = page.protocol === "https:" ? `wss://${page.host}` : `ws://${page.host} wss://${page.host}`;
  const rules = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${sockets}${development ? " ws://127.0.0.1:*" : ""}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ];
  return rules.join("; ") + framing(page.pathname, frameSites);
}

/** The policy of a page that stands as a file (the offline page): no inline script at all. */
export const FILE_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
