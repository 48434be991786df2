import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { clientOf } from "~/modules/accounts/index.server";
import { doorsOfFiles } from "~/modules/bots/index.server";
import { answerUpload } from "~/modules/files/index.server";

/** How far an upload is; files come in by tus 1.0 (https://tus.io). */
export async function loader({ request, context }: LoaderFunctionArgs) {
  return answerUpload(request, await doorsOfFiles(request, clientOf(request, context).address));
}

/** Begins an upload, takes in its bytes, or takes it back. */
export async function action({ request, context }: ActionFunctionArgs) {
  return answerUpload(request, await doorsOfFiles(request, clientOf(request, context).address));
}
