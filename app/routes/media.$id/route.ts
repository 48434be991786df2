import type { LoaderFunctionArgs } from "@remix-run/node";
import { clientOf } from "~/modules/accounts/index.server";
import { doorsOfFiles } from "~/modules/bots/index.server";
import { answerFile, answerSignedFile } from "~/modules/files/index.server";

/** A file of a message, or its small picture with `?size=thumb`. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const id = params.id ?? "";
  const signed = await answerSignedFile(request, id);
  return signed ?? answerFile(request, id, await doorsOfFiles(request, clientOf(request, context).address));
}
