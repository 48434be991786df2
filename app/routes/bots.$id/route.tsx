import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunctionArgs, useLoaderData } from "@remix-run/react";
import { requireAdmin } from "~/modules/accounts/index.server";
import { openDraft } from "~/modules/bots/index.server";
import { FlowEditor } from "~/modules/bots/ui/editor/flow-editor";
import { RouteError } from "~/ui/state/route-error";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const loaded = await openDraft(actor, membership.orgId, params.id ?? "");
  return { loaded, orgId: membership.orgId, accountId: actor.accountId };
}

/** An editor holds its own draft: another page's form must not fetch it again. */
export const shouldRevalidate = ({ currentParams, nextParams }: ShouldRevalidateFunctionArgs) =>
  currentParams.id !== nextParams.id;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.loaded.draft.name ?? ""} · GuazuApp` },
];

export default function Bot() {
  const { loaded, orgId, accountId } = useLoaderData<typeof loader>();
  return <FlowEditor key={loaded.id} loaded={loaded} orgId={orgId} accountId={accountId} />;
}

export function ErrorBoundary() {
  return <RouteError />;
}
