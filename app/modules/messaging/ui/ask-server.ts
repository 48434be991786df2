/** A refusal by the server, or no way to it. `code` has a text for people at `errors.<code>`. */
export class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Asks one of our addresses for data; with a body, tells it something. @throws Refusal */
export async function askServer<Answer>(path: string, body?: unknown): Promise<Answer> {
  const headers = { accept: "application/json", ...(body !== undefined && { "content-type": "application/json" }) };
  const asked = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(path, asked).catch(() => {
    throw new Refusal("offline");
  });
  const said = (await answer.json().catch(() => null)) as (Answer & { code?: string }) | null;
  if (!answer.ok || said === null) throw new Refusal(said?.code ?? "unexpected");
  return said;
}

export const codeOfRefusal = (error: unknown): string => (error instanceof Refusal ? error.code : "unexpected");
