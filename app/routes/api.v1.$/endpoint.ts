import type { z } from "zod";
import type { Actor } from "~/modules/accounts";

/** What a token may be allowed, one word a kind of thing and way. */
export type Scope =
  | "tickets:read"
  | "tickets:write"
  | "messages:read"
  | "messages:write"
  | "contacts:read"
  | "contacts:write"
  | "channels:read"
  | "channels:write";

export type Answer<Data = unknown> = { status?: number; data: Data; nextCursor?: string | null };

export type Call<Query, Body> = {
  actor: Actor;
  /** Where the call comes from. */
  address: string;
  /** The organisation of the token; "" for guests, who name none. */
  orgId: string;
  params: Record<string, string>;
  query: Query;
  body: Body;
  /** Of an `Idempotency-Key`: a UUID for what the call makes, the same when it is repeated. */
  onceId: string | undefined;
};

/** One call of the API: where it is, what it takes, what it answers, and the one verb or query behind it. */
export type Endpoint = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `:name` for what changes. */
  path: string;
  /** What the document and the programs made from it call it. */
  name: string;
  /** What it does, in plain words. */
  summary: string;
  /** Who may call: a member's token, a guest's too, or anyone. */
  access: "member" | "guest" | "public";
  /** What a member's token needs. */
  scope?: Scope;
  query?: z.ZodType;
  body?: z.ZodType;
  /** What stands under `data`; of a list, with `next_cursor` beside it. */
  answer: z.ZodType;
  /** The statuses of success; 200 unless said. */
  statuses?: readonly (200 | 201)[];
  /** Codes of refusals that are this call's own. */
  refusals?: { 409?: readonly string[]; 422?: readonly string[] };
  handle: (call: Call<never, never>) => Promise<Answer>;
};

/** Declares a call; `handle` gets what the schemas made of query and body, and answers what the schema says. */
export function endpoint<
  AnswerShape extends z.ZodType,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(
  definition: Omit<Endpoint, "query" | "body" | "answer" | "handle"> & {
    query?: Query;
    body?: Body;
    answer: AnswerShape;
    handle: (call: Call<z.output<Query>, z.output<Body>>) => Promise<Answer<z.input<AnswerShape>>>;
  },
): Endpoint {
  return definition as unknown as Endpoint;
}
