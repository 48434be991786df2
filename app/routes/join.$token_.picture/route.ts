import type { LoaderFunctionArgs } from "@remix-run/node";
import { clientOf, requireActor } from "~/modules/accounts/index.server";
import { viewGroupInvite } from "~/modules/chats/index.server";
import { answerFile } from "~/modules/files/index.server";

/** The picture of the group that a link leads to, for a signed-in account that has the link. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const { pictureId } = await viewGroupInvite(actor, params.token ?? "", clientOf(request, context).address);
  // Who has the link sees this one file of the group's.
  const mayRead = async () => ({ staff: false, fromSeq: 0 });
  return answerFile(request, pictureId ?? "", { actors: [actor], mayRead });
}
