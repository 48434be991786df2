/** A refusal by the server, or no way to it. `code` has a text for people at `errors.<code>`. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    /** 0 where no server answered. */
    readonly status: number,
    readonly data?: unknown,
  ) {
    super(code);
  }
}

type Asked = { method?: string; keepalive?: boolean };

/**
 * A browser asks one of our own addresses for data, or with a body tells it something: by POST unless said otherwise.
 * @throws Refusal with the server's code, or `offline`
 */
export async function askServer<Answer>(path: string, body?: unknown, asked: Asked = {}): Promise<Answer> {
  const told = body !== undefined;
  const answer = await fetch(path, {
    ...(told && { method: "POST", body: JSON.stringify(body) }),
    ...asked,
    headers: { accept: "application/json", ...(told && { "content-type": "application/json" }) },
  }).catch(() => {
    throw new Refusal("offline", 0);
  });
  const said = (await answer.json().catch(() => null)) as (Answer & { code?: string; data?: unknown }) | null;
  if (!answer.ok || said === null) throw new Refusal(said?.code ?? "unexpected", answer.status, said?.data);
  return said;
}

export const codeOfRefusal = (error: unknown): string => (error instanceof Refusal ? error.code : "unexpected");
