/** Names that only stand for places within somebody's own network. */
const INNER_NAMES = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|test|invalid|home\.arpa)$/;

/** Networks of IPv4 that are nobody's public place, by their first bytes. */
const INNER_V4 = [
  /^(?:0|10|127)\./,
  /^169\.254\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^192\.0\.[02]\./,
  /^192\.88\.99\./,
  /^198\.(?:1[89]|51\.100)\./,
  /^203\.0\.113\./,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^168\.63\.129\.16$/,
  /^(?:22[4-9]|2[3-5]\d)\./,
];
const V4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * Whether a host as `URL` writes it is plainly within somebody's own network: an address of one, or a name that only works
 * there. A name that leads there all the same is found by whoever asks it.
 */
export function isInnerHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (V4.test(name)) return INNER_V4.some((network) => network.test(name));
  // Of IPv6 only 2000::/3 is handed out, and within it some carry an address of IPv4 inside.
  if (name.startsWith("["))
    return !/^\[[23]/.test(name) || /^\[(?:2001:(?:1?[0-9a-f]{0,2}:|db8:)|2002:|3fff:)/.test(name);
  return INNER_NAMES.test(name) || !name.includes(".");
}

/** An address as it may be asked by anybody on the internet, in its plain form; null for any other. */
export function publicUrl(written: string): string | null {
  const url = URL.canParse(written.trim()) ? new URL(written.trim()) : null;
  if (!url || !/^https?:$/.test(url.protocol) || isInnerHost(url.hostname) || url.username || url.password) return null;
  return url.href;
}
