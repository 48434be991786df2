import type { LoaderFunctionArgs } from "@remix-run/node";
import { clientOf } from "~/modules/accounts/index.server";
import { answerFile } from "~/modules/files/index.server";
import { fileDoors } from "~/modules/tickets/index.server";

/** A file of a message, or its small picture with `?size=thumb`. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  return answerFile(request, params.id ?? "", await fileDoors(request, clientOf(request, context).address));
}
