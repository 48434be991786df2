import type { LoaderFunctionArgs } from "@remix-run/node";
import { verifySubscription } from "~/modules/channels/index.server";
import { env } from "~/platform/env.server";

/** Meta asks whether this address is ours. What it posts here is answered by runtime/webhook-door.server. */
export function loader({ request }: LoaderFunctionArgs) {
  const answer = verifySubscription(new URL(request.url).searchParams, env().meta.verifyToken);
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}
