import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { listAreas, requireMemberPage } from "~/modules/accounts/index.server";
import { listReplies } from "~/modules/desk/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { transact } from "~/platform/transact.server";
import { RouteError } from "~/ui/state/route-error";
import { RepliesPage } from "./replies-page";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership, frame } = await requireMemberPage(request);
  const { orgId, role, areaIds } = membership;
  const [replies, { areas }, t] = await Promise.all([
    listReplies(actor, orgId),
    transact(actor, { orgId }, (ctx) => listAreas(ctx, { orgId })),
    translator(request),
  ]);
  const admin = role === "admin";
  const own = areas.filter(({ id }) => admin || areaIds.includes(id)).map(({ id, name }) => ({ id, name }));
  return { title: t("replies.title"), frame, orgId, replies, admin, areas: own };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The texts that a member sends often. */
export default function Replies() {
  const { frame, orgId, ...page } = useLoaderData<typeof loader>();
  const { profile } = frame;
  const organisation = profile.organisations.find((one) => one.orgId === orgId)?.name ?? "";
  return (
    <SignedInFrame {...frame} current="inbox">
      <RepliesPage {...page} orgId={orgId} agent={profile.name} organisation={organisation} />
    </SignedInFrame>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
