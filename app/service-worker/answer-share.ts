import { putParcel, wordsOfParcel } from "~/platform/kept/shared-parcel";

/**
 * Keeps what another app shares, and leads to the page where its chat is chosen. Whoever made the request, nothing is sent
 * by it. A browser that keeps nothing leaves it to the server, which keeps the words.
 */
export async function answerShare(request: Request): Promise<Response> {
  const spare = request.clone();
  try {
    const form = await request.formData();
    const files = form.getAll("files").filter((one) => one instanceof File && one.size > 0) as File[];
    await putParcel({ text: wordsOfParcel(form), files, at: Date.now() });
    return Response.redirect("/share", 303);
  } catch {
    return fetch(spare);
  }
}
