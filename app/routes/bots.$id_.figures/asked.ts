/** What the page of figures shows, as its address says it. */
export type Asked = {
  version: string | null;
  days: number;
  /** Whose tickets are listed. */
  node: string | null;
  stays: { exit?: string; only?: "dropped" | "failed" };
};

const LONGEST_SPAN = 366;

export function askedOf(params: URLSearchParams): Asked {
  const days = Number(params.get("days"));
  const only = params.get("only");
  const exit = params.get("exit")?.slice(0, 100);
  return {
    version: params.get("version") || null,
    days: Number.isInteger(days) && days >= 1 && days <= LONGEST_SPAN ? days : 30,
    node: params.get("node")?.slice(0, 300) || null,
    stays: { ...(exit && { exit }), ...((only === "dropped" || only === "failed") && { only }) },
  };
}

/** The address that lists the tickets of a node, or of one of its exits. */
export function ticketsOf({ version, days }: Asked, node: string, stays: Asked["stays"] = {}): string {
  return `?${new URLSearchParams({ ...(version && { version }), days: String(days), node, ...stays })}`;
}
