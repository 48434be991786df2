import type { LoaderFunctionArgs } from "@remix-run/node";
import { clientOf } from "~/modules/accounts/index.server";
import { answerFile, answerSignedFile } from "~/modules/files/index.server";
import { fileDoors } from "~/modules/tickets/index.server";

/** A file of a message, or its small picture with `?size=thumb`. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const id = params.id ?? "";
  const signed = await answerSignedFile(request, id);
  return signed ?? answerFile(request, id, await fileDoors(request, clientOf(request, context).address));
}
