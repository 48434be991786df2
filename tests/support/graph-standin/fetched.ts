/** What the platform got from an address that a message named, as it fetches it: without a session, following nothing. */
export type Fetched = { url: string; status: number; type: string | null; headers: Headers; bytes: Buffer };

/** Addresses of a web that is not there, with what lies at each. */
export type Web = Map<string, Response>;

const LONGEST_MS = 5000;

async function fetchOne(url: string, web: Web): Promise<Fetched> {
  try {
    const answer =
      web.get(url)?.clone() ?? (await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(LONGEST_MS) }));
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { url, status: answer.status, type: answer.headers.get("content-type"), headers: answer.headers, bytes };
  } catch {
    return { url, status: 0, type: null, headers: new Headers(), bytes: Buffer.alloc(0) };
  }
}

/** Fetches and keeps what messages link to. */
export function fetcher() {
  const fetched: Fetched[] = [];
  const web: Web = new Map();
  return {
    fetched,
    web,
    /** Whether all of them could be had. */
    async fetchAll(urls: readonly string[]): Promise<boolean> {
      const got = await Promise.all(urls.map((url) => fetchOne(url, web)));
      fetched.push(...got);
      return got.every(({ status, bytes }) => status === 200 && bytes.length > 0);
    },
  };
}
