import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { verifySubscription } from "~/modules/channels/index.server";
import { acceptWebhook } from "~/modules/tickets/index.server";
import { env } from "~/platform/env.server";
import { AppError } from "~/platform/errors";
import { log } from "~/platform/log.server";

/** Meta asks whether this address is ours. */
export function loader({ request }: LoaderFunctionArgs) {
  const answer = verifySubscription(new URL(request.url).searchParams, env().meta.verifyToken);
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

/** Meta hands over what happened: stored before the 200, whatever it says. */
export async function action({ request }: ActionFunctionArgs) {
  try {
    await acceptWebhook(Buffer.from(await request.arrayBuffer()), request.headers.get("x-hub-signature-256"));
    return new Response("EVENT_RECEIVED", { headers: { "content-type": "text/plain" } });
  } catch (error) {
    if (error instanceof AppError && error.expected) return new Response(error.code, { status: error.status });
    log.error({ err: error }, "a webhook could not be stored");
    return new Response("unavailable", { status: 503, headers: { "retry-after": "5" } });
  }
}
