import { GUEST } from "~/platform/kept/guest";
import { LIMITS } from "~/platform/kept/kept-rules";
import { keep, recall, settle, whoIsHere } from "~/platform/kept/kept-store";

/** Whose pictures a page shows: a customer's at a public chat, else those of who is signed in. */
async function ownerFor(page: string): Promise<string | null> {
  if (new URL(page).pathname.startsWith("/c/")) return GUEST;
  return (await whoIsHere()) ?? null;
}

/** Only small pictures, of which the server says how big they are: nothing else is read whole to find out. */
export const isWorthKeeping = (answer: Pick<Response, "status" | "headers">): boolean =>
  answer.status === 200 &&
  /^image\//.test(answer.headers.get("content-type") ?? "") &&
  Number(answer.headers.get("content-length") ?? Number.NaN) <= LIMITS.picture.each;

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
    const answer = await fetch(request);
    if (answer.status === 401 && owner !== GUEST) lasting(settle(null));
    if (owner !== null && isWorthKeeping(answer)) {
      const copy = answer.clone();
      const write = async () => {
        const blob = await copy.blob();
        await keep({ owner, kind: "picture", name, at: Date.now(), size: blob.size }, blob);
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
