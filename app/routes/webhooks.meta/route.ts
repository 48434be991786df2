import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { verifySubscription } from "~/modules/channels/index.server";
import { acceptWebhook } from "~/modules/tickets/index.server";
import { env } from "~/platform/env.server";

/** Meta asks whether this address is ours. */
export function loader({ request }: LoaderFunctionArgs) {
  const answer = verifySubscription(new URL(request.url).searchParams, env().meta.verifyToken);
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

/**
 * Meta hands over what happened: stored before the 200, whatever it says. Our own server answers these posts before
 * Remix is asked (runtime/webhook-door.server); this is for the build behind another one.
 */
export async function action({ request }: ActionFunctionArgs) {
  await acceptWebhook(Buffer.from(await request.arrayBuffer()), request.headers.get("x-hub-signature-256"));
  return new Response("EVENT_RECEIVED", { headers: { "content-type": "text/plain" } });
}
