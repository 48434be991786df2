import { GUEST } from "~/platform/kept/guest";
import { LIMITS } from "~/platform/kept/kept-rules";
import { keep, recall, settle, whoIsHere } from "~/platform/kept/kept-store";
import { reach } from "./reach";

/** Whose pictures a page shows: a customer's at a public chat, else those of who is signed in. */
async function ownerFor(page: string): Promise<string | null> {
  if (new URL(page).pathname.startsWith("/c/")) return GUEST;
  return (await whoIsHere()) ?? null;
}

/** A picture that the server let the reader see. */
export const isPicture = ({ status, headers }: Pick<Response, "status" | "headers">): boolean =>
  status === 200 && /^image\//.test(headers.get("content-type") ?? "");

/** A body that is small, whole; null for a larger one, of which no more is read than that. */
export async function wholeUpTo(most: number, { body, headers }: Response): Promise<Blob | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > most) {
      await reader?.cancel();
      return null;
    }
    parts.push(next.value as Uint8Array<ArrayBuffer>);
  }
  return new Blob(parts, { type: headers.get("content-type") ?? "" });
}

/**
 * A small picture of a message: the server's, which asks each time whether the reader may see it; without a way there, the
 * copy that the same reader was given.
 * @param page the address of the page that shows it
 * @param lasting keeps the worker alive until what it is given is done
 */
export async function answerPicture(
  request: Request,
  page: string,
  lasting: (work: Promise<unknown>) => void,
): Promise<Response> {
  // Who is here before it is asked for: an answer that comes after somebody else signed in is kept by nobody.
  const owner = await ownerFor(page);
  const { pathname: name } = new URL(request.url);
  try {
    const answer = await reach(request);
    if (answer.status === 401 && owner !== GUEST) lasting(settle(null));
    if (owner !== null && isPicture(answer)) {
      const copy = answer.clone();
      const write = async () => {
        const blob = await wholeUpTo(LIMITS.picture.each, copy);
        if (blob) await keep({ owner, kind: "picture", name, at: Date.now(), size: blob.size }, blob);
      };
      lasting(write());
    }
    return answer;
  } catch (error) {
    const known = owner === null ? null : await recall<Blob>({ owner, kind: "picture", name });
    if (!known) throw error;
    return new Response(known.data, {
      headers: { "content-type": known.data.type, "x-content-type-options": "nosniff" },
    });
  }
}
