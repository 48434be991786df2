import type { z } from "zod";
import type { Actor } from "~/modules/accounts";

export type Answer = { status?: number; data: unknown; nextCursor?: string | null };

export type Call<Query, Body> = {
  actor: Actor;
  /** Where the call comes from. */
  address: string;
  /** The organisation of the token; "" for guests, who name none. */
  orgId: string;
  params: Record<string, string>;
  query: Query;
  body: Body;
};

/** One call of the API: where it is, what it takes, and the one verb or query behind it. */
export type Endpoint = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With `:name` for what changes. */
  path: string;
  /** Who may call: a member's token, a guest's too, or anyone. */
  access: "member" | "guest" | "public";
  query?: z.ZodType;
  body?: z.ZodType;
  handle: (call: Call<never, never>) => Promise<Answer>;
};

/** Declares a call; `handle` gets what the schemas made of query and body. */
export function endpoint<Query extends z.ZodType = z.ZodUndefined, Body extends z.ZodType = z.ZodUndefined>(
  definition: Omit<Endpoint, "query" | "body" | "handle"> & {
    query?: Query;
    body?: Body;
    handle: (call: Call<z.output<Query>, z.output<Body>>) => Promise<Answer>;
  },
): Endpoint {
  return definition as unknown as Endpoint;
}
