import { AppError, notFound } from "~/platform/errors";
import type { Endpoint } from "./endpoint";

export type Matched = { endpoint: Endpoint; params: Record<string, string> };

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = Object.create(null);
  for (const [place, part] of wanted.entries()) {
    const value = given[place] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

/** The call behind an address. @throws AppError 404 where there is none; 405 with `data.allow` where it takes others */
export function findEndpoint(endpoints: readonly Endpoint[], asked: string, path: string): Matched {
  const matches = endpoints.flatMap((endpoint) => {
    const params = matchPath(endpoint.path, path);
    return params ? [{ endpoint, params }] : [];
  });
  if (matches.length === 0) throw notFound("endpoint");
  const method = asked === "HEAD" ? "GET" : asked;
  const match = matches.find((m) => m.endpoint.method === method);
  if (!match) throw new AppError("method_not_allowed", 405, { data: { allow: methodsOf(matches) } });
  return match;
}

function methodsOf(matches: readonly Matched[]): string[] {
  const methods = new Set(matches.map((m) => m.endpoint.method));
  return [...methods].flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
}
