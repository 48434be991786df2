import { request } from "./people";

type Args = { request: Request; params: Record<string, string>; context: { clientAddress: string; requestId: string } };

/** What Remix hands to a loader or an action; `fields` makes it a form that is posted. */
export function call(cookie: string | null, path: string, fields?: Record<string, string | string[]>): Args {
  const context = { clientAddress: "203.0.113.7", requestId: "test" };
  const params: Record<string, string> = {};
  if (!fields) return { request: request(cookie, path), params, context };
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
  const headers = new Headers(cookie ? { Cookie: cookie } : {});
  const posted = new Request(`https://guazu.test${path}`, { method: "POST", body, headers });
  return { request: posted, params, context };
}

/** What came of a loader or action: its status, where it leads, its cookies, and the data that the page gets. */
export async function outcome(
  work: unknown,
): Promise<{ status: number; location: string | null; cookies: string[]; data: unknown }> {
  const answer: unknown = await Promise.resolve(work).catch((error: unknown) => error);
  if (answer instanceof Response) {
    const { status, headers } = answer;
    return { status, location: headers.get("Location"), cookies: headers.getSetCookie(), data: null };
  }
  if (answer instanceof Error) {
    const { status = 500, code } = answer as { status?: number; code?: string };
    return { status, location: null, cookies: [], data: { thrown: code ?? answer.message } };
  }
  const { init, data } = (answer ?? {}) as { init?: ResponseInit; data?: unknown };
  return { status: init?.status ?? 200, location: null, cookies: [], data: init ? data : answer };
}
