const CLASSES: readonly [name: string, address: RegExp][] = [
  ["operations", /^\/(?:healthz|readyz|metrics)$/],
  ["asset", /^\/assets\/|^\/[^/]+\.(?:js|css|ico|png|svg|webmanifest|txt)$/],
  ["api", /^\/api\/v1(?:\/|$)/],
  ["webhook", /^\/webhooks\//],
  ["file", /^\/(?:uploads|media)(?:\/|$)/],
  ["chat", /^\/c\//],
  ["data", /\.data$/],
];

export const ADDRESS_CLASSES = [...CLASSES.map(([name]) => name), "page"];

/** The kind of thing that an address is: a handful of words, whatever clients ask for. */
export const addressClass = (path: string): string => CLASSES.find(([, address]) => address.test(path))?.[0] ?? "page";
